import type { Incident, IncidentDetail, TimelineEntry } from "#lib/contracts/incidents.ts";
import { PHASES, type Phase } from "#lib/domain/incidents/lifecycle.ts";

/** The least share of the width that a phase is drawn with: its name has to fit. */
export const LEAST_SHARE = 0.11;

/** One phase on the ribbon. */
export interface RibbonPart {
  phase: Phase;
  state: "past" | "now" | "skipped" | "ahead";
  /** Of the width, 0..1; all parts add up to 1. */
  share: number;
  startMs: number | null;
  /** Null while it lasts. */
  endMs: number | null;
}

type Times = Pick<
  Incident,
  "phase" | "startedAt" | "detectedAt" | "acknowledgedAt" | "mitigatedAt" | "resolvedAt" | "closedAt"
>;

const ms = (at: string | null) => (at === null ? null : Date.parse(at));

/** When mitigation began last, as the timeline tells; null when it went without. */
export function mitigationBegan(entries: readonly TimelineEntry[]): number | null {
  const begun = entries.filter(
    ({ body }) => body.kind === "transition" && body.transition === "begin_mitigation",
  );
  return ms(begun.at(-1)?.at ?? null);
}

/** When each phase began; null for one that was left out or is still ahead. */
function startsOf(times: Times, beganMs: number | null): Record<Phase, number | null> {
  const acknowledgedMs = ms(times.acknowledgedAt);
  // A beginning from before it was opened again says nothing of this course.
  const began = beganMs !== null && acknowledgedMs !== null && beganMs >= acknowledgedMs ? beganMs : null;
  const reached = PHASES.indexOf(times.phase);
  const only = (phase: Phase, atMs: number | null) => (PHASES.indexOf(phase) <= reached ? atMs : null);
  return {
    DETECT: ms(times.startedAt) ?? Date.parse(times.detectedAt),
    TRIAGE: only("TRIAGE", acknowledgedMs),
    MITIGATE: only("MITIGATE", began),
    RESOLVE: only("RESOLVE", ms(times.mitigatedAt)),
    LEARN: only("LEARN", ms(times.resolvedAt)),
  };
}

/**
 * Shares in proportion to the weights, none below the least: what the small ones are given, the others go without.
 * They add up to 1.
 */
export function sharesOf(weights: readonly number[], least: number): number[] {
  const small = new Set<number>();
  for (;;) {
    const room = 1 - small.size * least;
    const total = weights.reduce((sum, weight, i) => (small.has(i) ? sum : sum + weight), 0);
    const share = (weight: number) => (total > 0 ? (weight / total) * room : 0);
    const next = weights.findIndex((weight, i) => !small.has(i) && share(weight) < least);
    if (next === -1) return weights.map((weight, i) => (small.has(i) ? least : share(weight)));
    if (small.size === weights.length - 1) return weights.map(() => 1 / weights.length);
    small.add(next);
  }
}

/** The phases of an incident as the ribbon draws them. LEARN may take weeks, so its width says nothing. */
export function ribbonOf(times: Times, beganMs: number | null, nowMs: number): RibbonPart[] {
  const starts = startsOf(times, beganMs);
  const reached = PHASES.indexOf(times.phase);
  const parts = PHASES.map((phase, i) => {
    const startMs = starts[phase];
    const next = PHASES.slice(i + 1).map((later) => starts[later]);
    const endMs = phase === "LEARN" ? ms(times.closedAt) : (next.find((at) => at !== null) ?? null);
    if (i > reached) return { phase, state: "ahead" as const, startMs: null, endMs: null };
    if (phase === times.phase && endMs === null) return { phase, state: "now" as const, startMs, endMs };
    return { phase, state: startMs === null ? ("skipped" as const) : ("past" as const), startMs, endMs };
  });
  const weights = parts.map(({ phase, startMs, endMs }) =>
    phase === "LEARN" || startMs === null ? 0 : Math.max(0, (endMs ?? nowMs) - startMs),
  );
  const shares = sharesOf(weights, LEAST_SHARE);
  return parts.map((part, i) => ({ ...part, share: shares[i] ?? LEAST_SHARE }));
}

/** The figure under each phase, by its name in the field and in seconds. */
export const FIGURE_OF_PHASE: Record<
  Exclude<Phase, "LEARN">,
  { name: string; meaning: string; of: keyof IncidentDetail["durations"] }
> = {
  DETECT: {
    name: "TTD",
    meaning: "time to detect: from its beginning to its detection",
    of: "detectSeconds",
  },
  TRIAGE: {
    name: "TTA",
    meaning: "time to acknowledge: from its detection to its acknowledgement",
    of: "acknowledgeSeconds",
  },
  MITIGATE: {
    name: "TTM",
    meaning: "time to mitigate: from its beginning to its mitigation",
    of: "mitigateSeconds",
  },
  RESOLVE: {
    name: "TTR",
    meaning: "time to resolve: from its beginning to its resolution",
    of: "resolveSeconds",
  },
};
