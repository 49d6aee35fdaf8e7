"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { previewQuery } from "#lib/client/slo-editor.queries.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { Preview } from "#lib/contracts/slos.ts";
import { ErrorState } from "#components/shell/states.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { FieldIssue } from "./editor-definition.ts";
import { placeOf } from "./editor-words.ts";
import { PreviewObjective } from "./preview-objective.tsx";

/** How long nothing is typed before the source is asked. */
const TYPING_MS = 700;

/** A value once it has stood still. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface PreviewPanelProps {
  definition: SloDefinition;
  id: string | undefined;
  /** What the browser knows to be wrong: nothing is asked then. */
  issues: readonly FieldIssue[];
}

/** What the definition would have shown over the last 30 days, beside the form, as it is typed. */
export function PreviewPanel({ definition, id, issues }: PreviewPanelProps) {
  const settled = useSettled(definition);
  const sound = issues.length === 0;
  const query = useQuery({ ...previewQuery(settled, id), enabled: sound && settled === definition });
  const waiting = query.isFetching || query.isPlaceholderData || settled !== definition;
  return (
    <section
      aria-label="Preview"
      aria-busy={sound && waiting}
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <header className="mb-2 flex min-h-6 items-center justify-between gap-3">
        <h2 className="text-lead font-semibold">The last 30 days</h2>
        <span className="text-small text-faint" role="status">
          {sound && waiting ? "measuring…" : ""}
        </span>
      </header>
      {!sound ? (
        <ToMend issues={issues} />
      ) : query.data ? (
        <div className={waiting ? "saturate-25" : ""}>
          <Measured preview={query.data.data} />
        </div>
      ) : query.isError ? (
        <ErrorState problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <div className="grid gap-3">
          <Skeleton className="h-16" />
          <Skeleton className="h-36" />
          <Skeleton className="h-36" />
        </div>
      )}
    </section>
  );
}

/** Brings the field of an issue into sight and into hand. */
function goTo(path: string): void {
  const field = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`);
  field?.scrollIntoView({ block: "center" });
  field?.focus();
}

function ToMend({ issues }: { issues: readonly FieldIssue[] }) {
  return (
    <div data-state="issues">
      <p className="text-dim">It can be measured once these are right:</p>
      <ul className="mt-1.5 grid gap-1">
        {issues.map(({ path, message }) => (
          <li key={path}>
            <button type="button" className="text-left hover:underline" onClick={() => goTo(path)}>
              <span className="font-medium">{placeOf(path)}:</span>{" "}
              <span className="text-dim">{message}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Measured({ preview }: { preview: Preview }) {
  const { issues, problem, budgets, graphs, alerts, queries } = preview;
  if (issues.length > 0) return <ToMend issues={issues} />;
  const objectives = [...new Set(budgets.map(({ objective }) => objective))];
  return (
    <div className="grid gap-3">
      {problem !== null && (
        <p role="alert" className="rounded-control border-warning border px-3 py-2">
          {problem}
        </p>
      )}
      {objectives.map((objective) => (
        <PreviewObjective
          key={objective}
          budgets={budgets.filter((budget) => budget.objective === objective)}
          graph={graphs.find((graph) => graph.objective === objective)}
          alerts={alerts}
        />
      ))}
      {budgets.length === 0 && problem === null && (
        <p className="text-dim" data-state="no-data">
          The source has no series that match: there is nothing to measure yet.
        </p>
      )}
      <details>
        <summary className="text-dim cursor-pointer">The queries behind it</summary>
        {queries.map(({ name, expr }, at) => (
          <div key={at} className="mt-2">
            <p className="text-small text-dim">{name}</p>
            <code className="text-small block font-mono break-all whitespace-pre-wrap">{expr}</code>
          </div>
        ))}
      </details>
    </div>
  );
}
