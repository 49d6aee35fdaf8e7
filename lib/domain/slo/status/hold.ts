import { compareSloStatus, type SloStatus, type StatusAxes, statusOfAxes } from "./axes.ts";

/** A status gets better only after the better one has held for so long; worse it gets at once. */
export const HOLD_MS = 15 * 60_000;

/** A status that was seen and not yet outlived. */
interface Held {
  status: SloStatus;
  /** The first look at which something better was seen; null while it is the status of the moment. */
  betterSinceMs: number | null;
}

/** What is kept between two looks; plain data, to be stored with the status. */
export interface HeldStatus {
  shown: SloStatus;
  /** Since when it is shown. */
  sinceMs: number;
  held: Held[];
  /** Start of the calendar period it belongs to; null for rolling windows. */
  periodStartMs: number | null;
}

const silent = (status: SloStatus): boolean => status === "no_data";

/** The status of the moment. Silence does not lift an exhausted budget: only data of the same window can. */
function momentary(axes: StatusAxes, previous: HeldStatus | null): SloStatus {
  const status = statusOfAxes(axes);
  return silent(status) && previous?.shown === "exhausted" ? "exhausted" : status;
}

/**
 * What a look leaves of what was held: the worse ones begin, or go on, to be outlived. Silence is not: it is over as soon
 * as there is data.
 */
function outlive(held: readonly Held[], status: SloStatus, nowMs: number): Held[] {
  return held
    .filter((one) => !silent(one.status) && compareSloStatus(one.status, status) < 0)
    .map((one) => ({ ...one, betterSinceMs: one.betterSinceMs ?? nowMs }))
    .filter((one) => nowMs - one.betterSinceMs < HOLD_MS);
}

/**
 * The shown status after another look: the worst that was not yet outlived by 15 minutes of better ones. A
 * new calendar period begins with a whole budget, so the exhaustion of the last one is not held.
 */
export function holdStatus(
  previous: HeldStatus | null,
  axes: StatusAxes,
  nowMs: number,
  periodStartMs: number | null,
): HeldStatus {
  const sameBudget = previous?.periodStartMs === periodStartMs;
  const before = sameBudget ? previous : null;
  const carried = (previous?.held ?? []).filter((one) => sameBudget || one.status !== "exhausted");
  const status = momentary(axes, before);
  const held = [...outlive(carried, status, nowMs), { status, betterSinceMs: null }];
  const shown = held.map((one) => one.status).sort(compareSloStatus)[0] ?? status;
  const sinceMs = previous?.shown === shown ? previous.sinceMs : nowMs;
  return { shown, sinceMs, held, periodStartMs };
}
