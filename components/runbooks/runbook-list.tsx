"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { problemOf } from "#lib/client/fetch-json.ts";
import { runbookPath, runbooksQuery } from "#lib/client/runbooks.queries.ts";
import type { RunbookSummary } from "#lib/contracts/runbook-routes.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { useMay } from "#components/shell/me.tsx";
import { Age } from "#components/shell/moment.tsx";
import { EmptyState, ErrorState, ForbiddenState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";

function fits({ name, title, alerts }: RunbookSummary, q: string): boolean {
  return [name, title, ...alerts].some((text) => text.toLowerCase().includes(q.trim().toLowerCase()));
}

/** The runbooks by name; the filter lives in the address. */
export function RunbookList({ initial }: { initial?: RunbookSummary[] }) {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault(""));
  const mayWrite = useMay("runbooks:write");
  const { data, error, refetch } = useQuery({ ...runbooksQuery(), initialData: initial });
  return (
    <>
      <search className="flex flex-wrap gap-2">
        <Input
          data-filter=""
          type="search"
          aria-label="Filter runbooks"
          placeholder="Filter by name or alert"
          className="w-full sm:w-64"
          value={q}
          onChange={(event) => void setQ(event.target.value || null)}
        />
        {mayWrite && (
          <Link
            href="/alerts/runbooks/new"
            className="rounded-control border-accent bg-accent text-accent-ink inline-flex h-7.5 items-center border px-2.5 font-medium max-sm:h-9 sm:ml-auto"
          >
            New runbook
          </Link>
        )}
      </search>
      {data ? (
        <Rows
          runbooks={data.filter((one) => fits(one, q))}
          all={data.length}
          onClear={() => void setQ(null)}
        />
      ) : (
        <Missing error={error} onRetry={() => void refetch()} />
      )}
    </>
  );
}

function Missing({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (!error) return <ListSkeleton rows={8} rowHeight="h-12" />;
  const problem = problemOf(error);
  if (problem.code === "forbidden") return <ForbiddenState problem={problem} />;
  return <ErrorState problem={problem} onRetry={onRetry} />;
}

interface RowsProps {
  runbooks: readonly RunbookSummary[];
  all: number;
  onClear: () => void;
}

function Rows({ runbooks, all, onClear }: RowsProps) {
  if (runbooks.length === 0) {
    return (
      <EmptyState title="No runbook matches">
        <Button onClick={onClear} className="mt-2">
          Clear the filter
        </Button>
      </EmptyState>
    );
  }
  return (
    <section
      aria-label="Runbooks"
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <h2 className="text-dim mb-1 font-medium">
        {runbooks.length === all
          ? countOf(all, "runbook")
          : `${runbooks.length} of ${countOf(all, "runbook")}`}
      </h2>
      <ul>
        {runbooks.map((runbook) => (
          <Row key={runbook.name} runbook={runbook} />
        ))}
      </ul>
    </section>
  );
}

function Row({
  runbook: { name, title, alerts, actions, template, version, changedAt },
}: {
  runbook: RunbookSummary;
}) {
  return (
    <li className="border-line-soft border-t py-2.5 break-words first:border-t-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link href={runbookPath(name)} className="rounded-chip font-medium hover:underline">
          {title}
        </Link>
        {title !== name && <span className="text-small text-faint font-mono">{name}</span>}
        <span className="text-small text-faint ml-auto">
          {template || changedAt === null ? (
            "comes with Burnline"
          ) : (
            <>
              version {version}, <Age at={changedAt} />
            </>
          )}
        </span>
      </p>
      {(alerts.length > 0 || actions > 0) && (
        <p className="text-small text-faint flex flex-wrap gap-x-3">
          {alerts.length > 0 && <span>also for {alerts.join(", ")}</span>}
          {actions > 0 && <span>{countOf(actions, "guarded action")}</span>}
        </p>
      )}
    </li>
  );
}
