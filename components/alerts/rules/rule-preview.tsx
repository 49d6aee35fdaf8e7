"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { rulePreviewQuery } from "#lib/client/rules.queries.ts";
import type { RulePreview as Preview } from "#lib/contracts/alert-rules.ts";
import { firingStrip } from "#lib/domain/alerts/alert-states.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** What a rule would have done over the last 30 days; of a query that is empty nothing is asked. */
export function useRulePreview(expr: string, forSeconds: number) {
  const asked = useDeferredValue(expr.trim());
  const answer = useQuery({ ...rulePreviewQuery(asked, forSeconds), enabled: asked !== "" });
  return { ...answer, asked };
}

/** How often and how long the rule would have fired over the last 30 days. */
export function RulePreview({ preview }: { preview: ReturnType<typeof useRulePreview> }) {
  const { asked, data, error, isPlaceholderData } = preview;
  return (
    <section
      aria-label="Preview"
      aria-live="polite"
      className="rounded-panel border-line-soft bg-panel border px-4 py-3.5"
    >
      <h2 className="text-dim mb-2 font-medium">The last 30 days</h2>
      {asked === "" && <p className="text-faint">Write a query to see how often it would have fired.</p>}
      {asked !== "" && error && <p className="text-warning break-words">{problemOf(error).detail}</p>}
      {asked !== "" && !error && !data && <Skeleton className="h-16" />}
      {asked !== "" && !error && data && <Outcome preview={data.data} dimmed={isPlaceholderData} />}
    </section>
  );
}

function Outcome({ preview, dimmed }: { preview: Preview; dimmed: boolean }) {
  const { firings, firingSeconds, stretches, series, seriesCount, from, to, stepSeconds } = preview;
  const words =
    firings === 0
      ? "It would not have fired."
      : `It would have fired ${countOf(firings, "time")}, for ${writeSeconds(firingSeconds)} in all, in ${countOf(seriesCount, "series", "series")}.`;
  const times = stretches.map((one) => ({ startsAtMs: Date.parse(one.from), endsAtMs: Date.parse(one.to) }));
  return (
    <div className={dimmed ? "opacity-60" : undefined}>
      <p>{words}</p>
      <svg
        role="img"
        aria-label={words}
        viewBox="0 0 1000 10"
        preserveAspectRatio="none"
        className="bg-raised rounded-chip my-2 block h-4 w-full"
      >
        {firingStrip(times, Date.parse(from), Date.parse(to)).map((piece) => (
          <rect
            key={piece.from}
            x={piece.from * 1000}
            width={Math.max(2, (piece.to - piece.from) * 1000)}
            height={10}
            className="fill-critical"
          />
        ))}
      </svg>
      <ul className="text-small text-dim">
        {series.map((one) => (
          <li key={JSON.stringify(one.labels)} className="flex justify-between gap-3">
            <span className="min-w-0 font-mono break-all">
              {Object.entries(one.labels)
                .map(([label, value]) => `${label}=${value}`)
                .join(", ") || "without labels"}
            </span>
            <span className="flex-none">
              {one.firings}x, {writeSeconds(one.firingSeconds)}
            </span>
          </li>
        ))}
      </ul>
      <p className="text-small text-faint mt-2">
        Looked at every {writeSeconds(stepSeconds)}; shorter spells between are not seen.
      </p>
    </div>
  );
}
