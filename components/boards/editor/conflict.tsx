import type { Board, BoardFields } from "#lib/contracts/boards.ts";
import { Button } from "#components/ui/button.tsx";
import { TextDiffView } from "#components/ui/text-diff-view.tsx";
import { boardText } from "./board-form.ts";

interface ConflictProps {
  theirs: Board;
  mine: BoardFields;
  onTakeTheirs: () => void;
}

/** What somebody else saved meanwhile, against what is being typed. */
export function Conflict({ theirs, mine, onTakeTheirs }: ConflictProps) {
  return (
    <div className="grid gap-1.5">
      <p className="text-dim">
        <bdi>{theirs.updatedBy.name ?? "Somebody else"}</bdi> saved version {theirs.version} while you wrote.
        What you typed is kept below; saving again puts it on top of theirs.
      </p>
      <TextDiffView before={boardText(theirs)} after={boardText(mine)} label="From their board to yours" />
      <Button className="justify-self-start" onClick={onTakeTheirs}>
        Go on with their board
      </Button>
    </div>
  );
}
