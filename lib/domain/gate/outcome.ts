import { medianOf } from "#lib/domain/incidents/metrics.ts";

/** How much of a budget burned before and after a release: 1 is the pace that lasts exactly the window. */
export interface BurnAround {
  slo: string;
  before: number | null;
  after: number | null;
}

/** Faster than that is no matter of chance any more: it would not last the window. */
const SUSTAINABLE = 1;

/**
 * Whether a release burned: an objective burns faster than it can afford, and faster than before. Null where no
 * objective was measured on both sides: nobody knows then, which is not "no".
 */
export function hasBurned(burns: readonly BurnAround[]): boolean | null {
  const known = burns.flatMap(({ before, after }) =>
    before === null || after === null ? [] : [{ before, after }],
  );
  if (known.length === 0) return null;
  return known.some(({ before, after }) => after > SUSTAINABLE && after > before);
}

/** A version that went out, as the four figures of DORA count it; times in ms. */
export interface Delivered {
  /** Null of what nobody had asked for. */
  requestedAtMs: number | null;
  deployStartedAtMs: number;
  endedAtMs: number | null;
  state: "deployed" | "failed" | "rolled_back";
  burned: boolean | null;
}

export interface DoraFigures {
  n: number;
  deploysPerDay: number | null;
  /** From the request to the end of the deploy, median, of those that stayed. */
  leadTimeSeconds: number | null;
  /** Failed, taken back or burned, of all; null without any. */
  changeFailureRatio: number | null;
  /** From the beginning of the deploy until it was taken back, median. */
  timeToRestoreSeconds: number | null;
}

const medianOfAny = (values: readonly number[]) => medianOf([...values].sort((a, b) => a - b));

const toSeconds = (ms: number | null) => (ms === null ? null : ms / 1000);

/** DORA's four figures over a span of days. Nothing delivered is "none", not a perfect record. */
export function doraFigures(delivered: readonly Delivered[], days: number): DoraFigures {
  const n = delivered.length;
  const stayed = delivered.filter(({ state }) => state === "deployed");
  const failures = delivered.filter(({ state, burned }) => state !== "deployed" || burned === true);
  const span = (from: (one: Delivered) => number | null) => (one: Delivered) => {
    const fromMs = from(one);
    return one.endedAtMs === null || fromMs === null ? [] : [one.endedAtMs - fromMs];
  };
  const lead = stayed.flatMap(span(({ requestedAtMs }) => requestedAtMs));
  const restored = delivered
    .filter(({ state }) => state === "rolled_back")
    .flatMap(span(({ deployStartedAtMs }) => deployStartedAtMs));
  return {
    n,
    deploysPerDay: n === 0 ? null : n / days,
    leadTimeSeconds: toSeconds(medianOfAny(lead)),
    changeFailureRatio: n === 0 ? null : failures.length / n,
    timeToRestoreSeconds: toSeconds(medianOfAny(restored)),
  };
}
