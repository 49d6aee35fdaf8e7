"use client";

import dynamic from "next/dynamic";
import { useId } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { type Language, STEPS_SECONDS } from "#lib/client/explore-view.ts";
import { formatSpan } from "#lib/client/time-range.ts";
import { Button } from "#components/ui/button.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { Explain } from "./explain.tsx";
import { HistoryButton } from "./history-button.tsx";
import { Switch } from "./switch.tsx";
import type { Explore } from "./use-explore.ts";

// The only way to the editor: it is larger than the rest of the page.
const QueryEditor = dynamic(() => import("./query-editor.tsx").then((module) => module.QueryEditor), {
  ssr: false,
  loading: () => (
    <div data-state="loading">
      <Skeleton className="h-20" />
    </div>
  ),
});

const LANGUAGE_CHOICES = [
  { value: "promql", label: "PromQL" },
  { value: "logql", label: "LogQL" },
] as const satisfies readonly { value: Language; label: string }[];
const SPAN_CHOICES = [
  { value: "range", label: "Range" },
  { value: "instant", label: "Instant" },
] as const;
const STEP_CHOICES = [
  { value: "", label: "step: auto" },
  ...STEPS_SECONDS.map((step) => ({ value: String(step), label: `step: ${formatSpan(step)}` })),
];

/** The query: its language, its text, how it is asked, and what the source says against it. */
export function QueryCard({ explore }: { explore: Explore }) {
  const { view, setView, text, type, run, error } = explore;
  const hintId = useId();
  return (
    <section
      aria-label="Query"
      className="rounded-panel border-line-soft bg-panel grid min-w-0 gap-2.5 border px-4 py-3.5 max-sm:px-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Switch label="Language" choices={LANGUAGE_CHOICES} value={view.lang} onChange={explore.speak} />
        <Switch
          label="Asked for"
          choices={SPAN_CHOICES}
          value={view.span}
          onChange={(span) => void setView({ span })}
        />
        {view.span === "range" && (
          <Select
            aria-label="Step between two points"
            choices={STEP_CHOICES}
            value={view.step === null ? "" : String(view.step)}
            onChange={({ target }) =>
              void setView({ step: STEPS_SECONDS.find((step) => String(step) === target.value) ?? null })
            }
          />
        )}
        <span className="ml-auto flex items-center gap-2">
          <HistoryButton explore={explore} />
          <RunButton explore={explore} />
        </span>
      </div>
      <div className="min-h-20 min-w-0">
        <QueryEditor
          key={view.lang}
          lang={view.lang}
          text={text}
          describedBy={hintId}
          onText={type}
          onRun={run}
        />
      </div>
      {error && (
        <div data-state="error">
          <ProblemNotice problem={problemOf(error)} />
        </div>
      )}
      <p id={hintId} className="text-small text-faint">
        Ctrl+Enter or ⌘+Enter runs the query. Ctrl+Space completes, Tab takes what is offered. Escape, then
        Tab leaves the editor.
      </p>
      {view.lang === "promql" && text.trim() !== "" && <Explain query={text} />}
    </section>
  );
}

function RunButton({ explore: { running, run, cancel, text } }: { explore: Explore }) {
  if (running) {
    return (
      <Button variant="outline" onClick={cancel}>
        Cancel
      </Button>
    );
  }
  return (
    <Button variant="primary" disabled={text.trim() === ""} onClick={run}>
      Run query
    </Button>
  );
}
