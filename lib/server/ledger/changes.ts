import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { DayChanges } from "#lib/domain/slo/slots/days.ts";
import type { Correction } from "#lib/domain/slo/slots/series.ts";
import { dayOfSlot, type SlotRange, SLOTS_PER_DAY, slotsOutward } from "#lib/domain/slo/slots/slot.ts";
import { type ExclusionWindow, excludedRanges } from "#lib/domain/slo/time/exclusion-windows.ts";
import { type EntryRecord, isInForce } from "#lib/server/db/slo-entry.repo.ts";

/** What people changed about an SLO's measured slots. */
export interface LedgerChanges {
  excluded: SlotRange[];
  corrections: Correction[];
}

/** A correction of a span is spread evenly over its slots. */
function spread(fact: EntryRecord["fact"]): Correction[] {
  if (fact.kind !== "correction") return [];
  const { from, to } = slotsOutward(fact.fromMs, fact.toMs);
  const count = Math.max(1, to - from);
  return Array.from({ length: count }, (_, at) => ({
    slot: from + at,
    badDelta: fact.badDelta / count,
    totalDelta: fact.totalDelta / count,
  }));
}

/** The exclusions and corrections in force within a range: those of the definition and those people added. */
export function changesOf(
  definition: Pick<SloDefinition, "exclusions">,
  entries: readonly EntryRecord[],
  range: SlotRange,
): LedgerChanges {
  const facts = entries.filter(isInForce).map(({ fact }) => fact);
  const added = facts.flatMap((fact): ExclusionWindow[] => (fact.kind === "exclusion" ? [fact.window] : []));
  const within = ({ slot }: Correction) => slot >= range.from && slot < range.to;
  return {
    excluded: excludedRanges([...definition.exclusions.windows, ...added], range),
    corrections: facts.flatMap(spread).filter(within),
  };
}

interface MutableChanges extends DayChanges {
  corrections: Map<number, Pick<Correction, "badDelta" | "totalDelta">>;
}

/** The same by day, as sums over days need them; days without a change are left out. */
export function changesByDay({ excluded, corrections }: LedgerChanges): Map<number, DayChanges> {
  const days = new Map<number, MutableChanges>();
  const dayOf = (slot: number): MutableChanges => {
    const day = dayOfSlot(slot);
    const there = days.get(day) ?? { excluded: new Uint8Array(SLOTS_PER_DAY), corrections: new Map() };
    days.set(day, there);
    return there;
  };
  for (const { from, to } of excluded) {
    for (let slot = from; slot < to; slot++) dayOf(slot).excluded[slot % SLOTS_PER_DAY] = 1;
  }
  for (const { slot, badDelta, totalDelta } of corrections) {
    const day = dayOf(slot).corrections;
    const before = day.get(slot % SLOTS_PER_DAY) ?? { badDelta: 0, totalDelta: 0 };
    const both = { badDelta: before.badDelta + badDelta, totalDelta: before.totalDelta + totalDelta };
    day.set(slot % SLOTS_PER_DAY, both);
  }
  return days;
}
