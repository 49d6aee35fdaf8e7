"use client";

import { useState } from "react";
import type { PanelView } from "#lib/client/panel-lines.ts";
import type { BudgetGraphs } from "#lib/contracts/slo-budgets.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { type Annotation, ANNOTATION_WORDS, annotationColor } from "./annotations.ts";

const FEW = 8;

/** What happened within the window, the newest first: the words of the marks in the charts. */
export function AnnotationList({ view }: { view: PanelView<BudgetGraphs> }) {
  return (
    <PanelFrame
      anchor="annotations"
      title="What happened meanwhile"
      aside="newest first"
      view={view}
      skeleton={<ListSkeleton rows={3} rowHeight="h-8" />}
      empty={{
        when: ({ annotations }) => annotations.length === 0,
        state: (
          <EmptyState title="Nothing is on record in this window">
            Deploys, changed targets, exclusions, corrections and notes appear here and in the charts.
          </EmptyState>
        ),
      }}
    >
      {({ annotations }) => <Annotations all={[...annotations].reverse()} />}
    </PanelFrame>
  );
}

function Annotations({ all }: { all: readonly Annotation[] }) {
  const { timeZone } = usePreferences().preferences;
  const [whole, setWhole] = useState(false);
  return (
    <>
      <ul>
        {(whole ? all : all.slice(0, FEW)).map(({ atMs, kind, text }) => (
          <li
            key={`${atMs} ${kind} ${text}`}
            className="border-line-soft grid grid-cols-[104px_112px_1fr] gap-x-3 border-t py-1.5 first:border-t-0 max-sm:grid-cols-[1fr_auto]"
          >
            <time dateTime={new Date(atMs).toISOString()} title={formatUtc(atMs)} className="text-faint">
              {formatTime(atMs, "dayClock", timeZone)}
            </time>
            <span className="flex items-center gap-1.5">
              <span
                aria-hidden="true"
                className="size-2 flex-none rotate-45"
                style={{ background: annotationColor(kind) }}
              />
              {ANNOTATION_WORDS[kind]}
            </span>
            <span className="text-dim min-w-0 break-words max-sm:col-span-2">{text}</span>
          </li>
        ))}
      </ul>
      {!whole && all.length > FEW && (
        <Button className="mt-2" onClick={() => setWhole(true)}>
          Show all {all.length}
        </Button>
      )}
    </>
  );
}
