import { SLOT_MINUTES, type SlotRange } from "../slots/slot.ts";
import { type OnMissing, settle, type SlotSums } from "../slots/sums.ts";
import type { TierInForce } from "../alerts/tiers.ts";
import { type Reading, readingOf } from "./reading.ts";

/** The look-backs every SLO shows, in minutes: 5m, 30m, 1h, 2h, 6h, 1d, 3d. */
export const LOOK_BACK_MINUTES = [5, 30, 60, 120, 360, 1440, 4320] as const;

/** The two whose lower burn rate decides the status. */
export const STATUS_LOOK_BACKS = { longMinutes: 360, shortMinutes: 30 } as const;

/** Every look-back an SLO needs: those shown and those of its alert tiers, ascending. */
export function lookBacksOf(tiers: readonly Pick<TierInForce, "longMinutes" | "shortMinutes">[]): number[] {
  const minutes = tiers.flatMap(({ longMinutes, shortMinutes }) => [longMinutes, shortMinutes]);
  return [...new Set([...LOOK_BACK_MINUTES, ...minutes])].sort((a, b) => a - b);
}

/** How a look-back is named, in Prometheus' way: 5 → "5m", 360 → "6h", 1440 → "1d", 90 → "90m". */
export function writeLookBack(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** The newest slots of a look-back that ends before the slot `to`. */
export function slotsOfLookBack(minutes: number, to: number): SlotRange {
  return { from: to - minutes / SLOT_MINUTES, to };
}

/**
 * The readings of look-backs that end before the slot `to`, by their minutes. `sumsOf` gives the sums of any range,
 * wherever they are kept.
 */
export function readLookBacks(
  sumsOf: (range: SlotRange) => SlotSums,
  minutes: readonly number[],
  to: number,
  onMissing: OnMissing,
): Map<number, Reading> {
  return new Map(minutes.map((one) => [one, readingOf(settle(sumsOf(slotsOfLookBack(one, to)), onMissing))]));
}
