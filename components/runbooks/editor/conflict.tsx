import type { Runbook, RunbookDocument } from "#lib/contracts/runbooks.ts";
import { Button } from "#components/ui/button.tsx";
import { TextDiffView } from "#components/ui/text-diff-view.tsx";
import { runbookText } from "../runbook-text.ts";

interface ConflictProps {
  theirs: Runbook;
  mine: RunbookDocument;
  onTakeTheirs: () => void;
}

/** What somebody else saved meanwhile, against what is being typed. */
export function Conflict({ theirs, mine, onTakeTheirs }: ConflictProps) {
  return (
    <div className="grid gap-1.5">
      <p className="text-dim">
        <bdi>{theirs.changedBy?.name ?? "Somebody else"}</bdi> saved version {theirs.version} while you wrote.
        What you typed is kept below; saving again puts it on top of theirs.
      </p>
      <TextDiffView before={runbookText(theirs)} after={runbookText(mine)} label="From their text to yours" />
      <Button className="justify-self-start" onClick={onTakeTheirs}>
        Go on with their text
      </Button>
    </div>
  );
}
