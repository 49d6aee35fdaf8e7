"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ShownPanel } from "#lib/client/boards-spec.ts";
import { boardPath, grafanaFilePath } from "#lib/client/boards.queries.ts";
import type { Board } from "#lib/contracts/boards.ts";
import { variablesOf } from "#lib/domain/boards/variables.ts";
import { FileLink } from "#components/shell/file-link.tsx";
import { GuardedButton } from "#components/shell/guarded-button.tsx";
import { Age } from "#components/shell/moment.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { SubjectChoice } from "#components/shell/subject-choice.tsx";
import { Link } from "#components/ui/link.tsx";
import { BoardPanel } from "./board-panel.tsx";
import type { PanelLooks } from "./panel-looks.ts";

interface BoardPageProps {
  board: Board;
  panels: readonly ShownPanel[];
  looks: PanelLooks;
}

/** A board: what it asks about, chosen in its head, and its panels in a grid. */
export function BoardPage({ board, panels, looks }: BoardPageProps) {
  return (
    <>
      <Head board={board} />
      {panels.length === 0 && (
        <EmptyState title="This board has no panel yet">
          <Link href={`${boardPath(board.id)}/edit`} className="text-accent underline">
            Add the first one
          </Link>
        </EmptyState>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-2">
        {panels.map((panel) => (
          <BoardPanel key={panel.id} panel={panel} looks={looks} />
        ))}
      </div>
    </>
  );
}

function Head({ board }: { board: Board }) {
  const router = useRouter();
  const { id, description, version, updatedAt, updatedBy, variables, panels } = board;
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 break-words">
        {description !== null && <p>{description}</p>}
        <p className="text-small text-faint">
          Version {version}, changed by <bdi>{updatedBy.name ?? "somebody who is gone"}</bdi>{" "}
          <Age at={updatedAt} />
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SubjectChoice variables={variablesOf(panels.map(({ query }) => query))} defaults={variables} />
        <span className="flex gap-2">
          <FileLink href={grafanaFilePath(id)} format="Grafana JSON" />
          <GuardedButton
            action="boards:write"
            className="max-sm:h-10"
            onClick={() => router.push(`${boardPath(id)}/edit`)}
          >
            <Pencil size={14} aria-hidden="true" />
            Edit
          </GuardedButton>
        </span>
      </div>
    </div>
  );
}
