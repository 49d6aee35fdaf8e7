"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { boardPath, boardsQuery } from "#lib/client/boards.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { BoardList as Boards } from "#lib/contracts/board-routes.ts";
import type { BoardSummary } from "#lib/contracts/boards.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { useMay } from "#components/shell/me.tsx";
import { Age } from "#components/shell/moment.tsx";
import { EmptyState, ErrorState, ForbiddenState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";

interface BoardListProps {
  /** What the server found, and for which search. */
  initial: { q: string; list: Boards | undefined };
}

/** The boards by name, with who changed them when; the search lives in the address. */
export function BoardList({ initial }: BoardListProps) {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault(""));
  const mayWrite = useMay("boards:write");
  const { data, error, refetch } = useQuery({
    ...boardsQuery(q.trim()),
    initialData: q.trim() === initial.q ? initial.list : undefined,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <search className="flex flex-wrap gap-2">
        <Input
          data-filter=""
          type="search"
          aria-label="Search boards"
          placeholder="Search by name or description"
          className="w-full sm:w-64"
          maxLength={200}
          value={q}
          onChange={(event) => void setQ(event.target.value || null)}
        />
        {mayWrite && <NewBoard />}
      </search>
      {data ? (
        <Rows list={data} searched={q.trim() !== ""} onClear={() => void setQ(null)} />
      ) : (
        <Missing error={error} onRetry={() => void refetch()} />
      )}
    </>
  );
}

function NewBoard() {
  return (
    <Link
      href="/boards/new"
      className="rounded-control border-accent bg-accent text-accent-ink inline-flex h-7.5 items-center border px-2.5 font-medium max-sm:h-9 sm:ml-auto"
    >
      New board
    </Link>
  );
}

function Missing({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (!error) return <ListSkeleton rows={6} rowHeight="h-12" />;
  const problem = problemOf(error);
  if (problem.code === "forbidden") return <ForbiddenState problem={problem} />;
  return <ErrorState problem={problem} onRetry={onRetry} />;
}

function NoBoards({ searched, onClear }: { searched: boolean; onClear: () => void }) {
  const mayWrite = useMay("boards:write");
  if (searched) {
    return (
      <EmptyState title="No board matches">
        <Button onClick={onClear} className="mt-2">
          Clear the search
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No board yet">
      <p>A board is a set of panels for a service or a node, saved once and shared by its address.</p>
      {mayWrite && (
        <Link href="/boards/new" className="text-accent mt-2 inline-block underline">
          Make the first one
        </Link>
      )}
    </EmptyState>
  );
}

function Rows({ list, searched, onClear }: { list: Boards; searched: boolean; onClear: () => void }) {
  const { boards, more } = list;
  if (boards.length === 0) return <NoBoards searched={searched} onClear={onClear} />;
  return (
    <section
      aria-label="Boards"
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <h2 className="text-dim mb-1 font-medium">
        {more
          ? `The first ${countOf(boards.length, "board")}; search for others`
          : countOf(boards.length, "board")}
      </h2>
      <ul>
        {boards.map((board) => (
          <Row key={board.id} board={board} />
        ))}
      </ul>
    </section>
  );
}

function Row({ board: { id, name, description, panels, updatedAt, updatedBy } }: { board: BoardSummary }) {
  return (
    <li className="border-line-soft relative border-t py-2.5 break-words first:border-t-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link
          href={boardPath(id)}
          data-row-link=""
          className="rounded-chip font-medium after:absolute after:inset-0 hover:underline"
        >
          {name}
        </Link>
        <span className="text-small text-faint ml-auto">
          {countOf(panels, "panel")}, changed by <bdi>{updatedBy.name ?? "somebody who is gone"}</bdi>{" "}
          <Age at={updatedAt} />
        </span>
      </p>
      {description !== null && <p className="text-small text-dim">{description}</p>}
    </li>
  );
}
