import { consumedRatio } from "../slo/budget/budget.ts";
import type { Reading } from "../slo/budget/reading.ts";
import { complement, decimal } from "../slo/decimal.ts";
import { isCount, type SlotSeries } from "../slo/slots/series.ts";
import { SLOT_MS, slotAt, slotsOutward, slotStartMs, type SlotRange } from "../slo/slots/slot.ts";

/** The alert may have seen what the ledger has not: the open slot and the last two closed ones are provisional. */
const PROVISIONAL_SLOTS = 2;

function burns(series: SlotSeries, slot: number, target: number): boolean {
  const index = slot - series.firstSlot;
  const [bad, total] = [series.bad[index], series.total[index]];
  if (series.excluded?.[index] === 1 || !isCount(bad) || !isCount(total) || total === 0) return false;
  return decimal(bad / total / complement(target)) > 1;
}

/**
 * When the impact of an incident began, in ms: the start of the first slot of the run with a burn rate above 1 that
 * leads up to its detection (DOMAIN 4). The run ends in the slot of detection or up to two before it; a gap ends it as
 * a good slot does. Null where no run leads up to it, or where it passes the beginning of the series.
 */
export function impactBeganMs(series: SlotSeries, target: number, detectedAtMs: number): number | null {
  const detected = slotAt(detectedAtMs);
  const end = Array.from({ length: PROVISIONAL_SLOTS + 1 }, (_, ago) => detected - ago);
  let slot = end.find((candidate) => burns(series, candidate, target));
  if (slot === undefined) return null;
  while (burns(series, slot - 1, target)) slot--;
  return slot > series.firstSlot ? slotStartMs(slot) : null;
}

/** The slots of an incident, rounded outward; never empty. */
export function impactRange(fromMs: number, toMs: number): SlotRange {
  return slotsOutward(fromMs, Math.max(toMs, fromMs + SLOT_MS / 2));
}

/**
 * The share of a budget that an incident spent: bad / (B * total * W / covered), the denominator that of
 * `budgetConsumedRatio` (DOMAIN 1). `window` is the reading over W, `netSlots` its length without exclusions. Of a
 * journey, which counts no events of its own, the share of time: e * covered / (B * W). Null where nothing was measured.
 */
export function spentRatio(
  during: Reading,
  window: Reading,
  target: number,
  netSlots: number,
): number | null {
  if (during.whollyExcluded) return 0;
  if (during.coveredSlots === 0) return null;
  if (window.total === null) return consumedRatio(during, target, netSlots);
  if (window.total === 0 || netSlots <= 0) return null;
  const events = (window.total * Math.max(netSlots, window.coveredSlots)) / window.coveredSlots;
  return decimal(during.bad / (complement(target) * events));
}

/** An incident that spent more of a budget than this must have a post-mortem (DOMAIN 4). */
const POSTMORTEM_FROM_RATIO = 0.2;

/** Whether what an incident spent of each budget asks for a post-mortem. */
export function needsPostmortem(spentRatios: readonly (number | null)[]): boolean {
  return spentRatios.some((ratio) => ratio !== null && ratio > POSTMORTEM_FROM_RATIO);
}
