"use client";

import type { Budget } from "#lib/contracts/slo-budgets.ts";
import type { Preview } from "#lib/contracts/slos.ts";
import { formatTime } from "#lib/format/time.ts";
import { writeCount, writeSeconds } from "#lib/domain/words/figures.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { WORD_OF_ALERT_TIER } from "./editor-words.ts";

interface PreviewAlertsProps {
  budget: Budget;
  alerts: Preview["alerts"];
  /** What is drawn spans from here to there. */
  fromMs: number;
  toMs: number;
}

/** The alerts that would have fired, one line per tier with its times on a common axis. */
export function PreviewAlerts({ budget, alerts, fromMs, toMs }: PreviewAlertsProps) {
  const { timeZone } = usePreferences().preferences;
  const enabled = budget.tiers.filter(({ disabledReason }) => disabledReason === null);
  if (enabled.length === 0) return <p className="text-dim">No tier is on: nobody would have been told.</p>;
  return (
    <ul className="grid gap-1.5">
      {enabled.map(({ key, action }) => {
        const times = alerts.find(({ tier }) => tier === key)?.times ?? [];
        const last = times.at(-1);
        const seconds = times.reduce((sum, one) => sum + (one.toMs - one.fromMs) / 1000, 0);
        const words =
          last === undefined
            ? "never"
            : `${writeCount(times.length)} ${times.length === 1 ? "time" : "times"}, ${writeSeconds(seconds)} in all, last ${formatTime(last.fromMs, "dayClock", timeZone)}`;
        return (
          <li key={key}>
            <div className="flex justify-between gap-3">
              <span className="text-dim">{WORD_OF_ALERT_TIER[key]}</span>
              <span className={last === undefined ? "text-faint" : "text-right"}>{words}</span>
            </div>
            <FiringStrip times={times} fromMs={fromMs} toMs={toMs} page={action === "page"} />
          </li>
        );
      })}
    </ul>
  );
}

interface FiringStripProps {
  times: readonly { fromMs: number; toMs: number }[];
  fromMs: number;
  toMs: number;
  page: boolean;
}

/** The least width at which a short alert can be seen. */
const LEAST_PERCENT = 0.6;

function FiringStrip({ times, fromMs, toMs, page }: FiringStripProps) {
  const share = (ms: number) => (100 * ms) / Math.max(1, toMs - fromMs);
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height="8"
      className={page ? "text-critical mt-0.5 block" : "text-warning mt-0.5 block"}
    >
      <rect width="100%" height="8" rx="2" className="fill-raised" />
      {times.map((one) => (
        <rect
          key={one.fromMs}
          x={`${Math.min(100 - LEAST_PERCENT, share(one.fromMs - fromMs))}%`}
          width={`${Math.max(LEAST_PERCENT, share(one.toMs - one.fromMs))}%`}
          height="8"
          fill="currentColor"
        />
      ))}
    </svg>
  );
}
