import { slotsOfLookBack } from "../budget/look-backs.ts";
import { type Reading, readingOf } from "../budget/reading.ts";
import { nominalDays, type SloWindow } from "../definition/windows.ts";
import { sumBetween, type SlotPrefix } from "../slots/prefix.ts";
import type { SlotRange } from "../slots/slot.ts";
import { type OnMissing, settle } from "../slots/sums.ts";
import { evaluateTier } from "./evaluate.ts";
import type { TierInForce, TierKey } from "./tiers.ts";

/** When a tier would have alerted. */
export interface TierHistory {
  key: TierKey;
  /** The slots at whose end it alerted, in order. */
  firing: SlotRange[];
}

export interface AlertHistoryOptions {
  target: number;
  window: SloWindow;
  tiers: readonly TierInForce[];
  /** Null where slices and not events are counted. */
  minimumBadEvents: number | null;
  onMissing: OnMissing;
}

/** Runs of slots for which `holds` is true. */
function runs(range: SlotRange, holds: (slot: number) => boolean): SlotRange[] {
  const found: SlotRange[] = [];
  for (let slot = range.from; slot < range.to; slot++) {
    if (!holds(slot)) continue;
    const last = found.at(-1);
    if (last?.to === slot) last.to = slot + 1;
    else found.push({ from: slot, to: slot + 1 });
  }
  return found;
}

/** What a history is made from: the reading of any range, and the slots that an exclusion leaves out. */
export interface HistoryReadings {
  over: (range: SlotRange) => Reading;
  isExcluded: (slot: number) => boolean;
}

/**
 * Which alerts would have fired over a range of slots, looked at once at the end of each: for previews of an SLO
 * before it is saved. Excluded slots alert nothing, as the exclusion silences the SLO. In the five minutes
 * between two looks the live rules may see a shorter burst than this does.
 */
export function alertHistoryOf(
  { over, isExcluded }: HistoryReadings,
  range: SlotRange,
  { target, window, tiers, minimumBadEvents }: Omit<AlertHistoryOptions, "onMissing">,
): TierHistory[] {
  const windowDays = nominalDays(window);
  const read = (minutes: number, slot: number) => over(slotsOfLookBack(minutes, slot + 1));
  return tiers.map((tier) => ({
    key: tier.key,
    firing: runs(range, (slot) => {
      if (isExcluded(slot)) return false;
      const readings = { long: read(tier.longMinutes, slot), short: read(tier.shortMinutes, slot) };
      return evaluateTier(tier, readings, target, windowDays, minimumBadEvents).firing;
    }),
  }));
}

/** {@link alertHistoryOf} for an SLO with slots of its own. */
export function alertHistory(
  prefix: SlotPrefix,
  range: SlotRange,
  options: AlertHistoryOptions,
): TierHistory[] {
  const readings: HistoryReadings = {
    over: (one) => readingOf(settle(sumBetween(prefix, one), options.onMissing)),
    isExcluded: (slot) => sumBetween(prefix, { from: slot, to: slot + 1 }).excludedSlots > 0,
  };
  return alertHistoryOf(readings, range, options);
}
