import { slotsOfLookBack } from "../budget/look-backs.ts";
import { readingOf } from "../budget/reading.ts";
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

/**
 * Which alerts would have fired over a range of slots, looked at once at the end of each: for previews of an SLO
 * before it is saved. Excluded slots alert nothing, as the exclusion silences the SLO. In the five minutes
 * between two looks the live rules may see a shorter burst than this does.
 */
export function alertHistory(
  prefix: SlotPrefix,
  range: SlotRange,
  { target, window, tiers, minimumBadEvents, onMissing }: AlertHistoryOptions,
): TierHistory[] {
  const windowDays = nominalDays(window);
  const read = (minutes: number, slot: number) =>
    readingOf(settle(sumBetween(prefix, slotsOfLookBack(minutes, slot + 1)), onMissing));
  return tiers.map((tier) => ({
    key: tier.key,
    firing: runs(range, (slot) => {
      if (sumBetween(prefix, { from: slot, to: slot + 1 }).excludedSlots > 0) return false;
      const readings = { long: read(tier.longMinutes, slot), short: read(tier.shortMinutes, slot) };
      return evaluateTier(tier, readings, target, windowDays, minimumBadEvents).firing;
    }),
  }));
}
