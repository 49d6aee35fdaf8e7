"use client";

import { clsx } from "clsx";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { IncidentMetrics } from "#lib/contracts/incident-metrics.ts";
import { DURATION_KEYS, type DurationKey } from "#lib/domain/incidents/metrics.ts";
import { SEVERITIES, type Severity } from "#lib/domain/incidents/severity.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { DotChart } from "#components/charts/dot-chart.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { METRIC_WORDS, trendInWords } from "./metric-words.ts";

const SHOWN = parseAsStringLiteral(DURATION_KEYS).withDefault("resolveSeconds");
/** The graver, the fuller: as their chips. */
const LOOKS: Record<Severity, { color: string; filled: boolean }> = {
  P1: { color: "var(--critical)", filled: true },
  P2: { color: "var(--critical)", filled: false },
  P3: { color: "var(--s1)", filled: true },
  P4: { color: "var(--s1)", filled: false },
};

function limitOf({ targets }: IncidentMetrics, key: DurationKey) {
  const target = targets.find((one) => one.key === key);
  if (!target) return undefined;
  return { seconds: target.belowSeconds, text: `${target.name}: ${writeSeconds(target.belowSeconds)}` };
}

/** One duration of each incident over time. */
export function DotsPanel({ metrics }: { metrics: IncidentMetrics }) {
  const [shown, setShown] = useQueryState("duration", SHOWN);
  const groups = SEVERITIES.map((severity) => ({
    name: severity,
    ...LOOKS[severity],
    dots: metrics.dots.flatMap((dot) => {
      const seconds = dot[shown];
      if (dot.severity !== severity || seconds === null) return [];
      const text = `${dot.severity} ${harmlessText(dot.title)} (${dot.id})`;
      return [{ atMs: Date.parse(dot.detectedAt), seconds, text }];
    }),
  })).filter(({ dots }) => dots.length > 0);
  const metric = metrics.all[shown];
  return (
    <section
      aria-labelledby="dots-title"
      className="rounded-panel border-line-soft bg-panel min-w-0 border px-4 py-3.5"
    >
      <header className="mb-2.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h2 id="dots-title" className="text-dim min-w-0 font-medium">
          {METRIC_WORDS[shown].name}: median {writeSeconds(metric.medianSeconds)} of {metric.n}
          <span className="text-small text-faint ml-2 font-normal">
            {trendInWords(metric, metrics.minTrendIncidents)}
          </span>
        </h2>
        <div role="group" aria-label="Duration" className="ml-auto flex gap-1">
          {DURATION_KEYS.map((key) => (
            <button
              key={key}
              type="button"
              aria-pressed={key === shown}
              title={`${METRIC_WORDS[key].name}: ${METRIC_WORDS[key].formula}`}
              onClick={() => void setShown(key)}
              className={clsx(
                "rounded-control h-7 border px-2",
                key === shown ? "border-accent text-ink" : "border-line text-dim hover:text-ink",
              )}
            >
              {METRIC_WORDS[key].short}
            </button>
          ))}
        </div>
      </header>
      {groups.length === 0 ? (
        <EmptyState title="No dot to draw">
          {metrics.all.incidents === 0
            ? "No incident was detected in this time."
            : `${metric.missing} incidents have no ${METRIC_WORDS[shown].name.toLowerCase()}: one of its two times is not known.`}
        </EmptyState>
      ) : (
        <DotChart
          label={`${METRIC_WORDS[shown].name} of each incident`}
          fromMs={Date.parse(metrics.from)}
          toMs={Date.parse(metrics.to)}
          groups={groups}
          limit={limitOf(metrics, shown)}
        />
      )}
    </section>
  );
}
