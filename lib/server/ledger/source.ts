import "server-only";
import { tiersInForce } from "#lib/domain/slo/alerts/tiers.ts";
import { lookBacksOf, slotsOfLookBack } from "#lib/domain/slo/budget/look-backs.ts";
import { WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { type DayChanges, edgeDays, sumDays } from "#lib/domain/slo/slots/days.ts";
import { dayOfSlot, type SlotRange } from "#lib/domain/slo/slots/slot.ts";
import type { SlotSums } from "#lib/domain/slo/slots/sums.ts";
import type { EntryRecord } from "#lib/server/db/slo-entry.repo.ts";
import type { LedgerKey } from "#lib/server/db/ledger.repo.ts";
import type { NowValue } from "./ask.ts";
import type { LedgerBook } from "./book.ts";
import { changesByDay, changesOf } from "./changes.ts";
import type { EvaluationTime, SloInForce } from "./in-force.ts";

/** The ledger of one SLO and group, its exclusions and corrections applied. */
export interface LedgerEntry {
  now: NowValue | null;
  /** The open slot is left out: no alert fires. */
  silenced: boolean;
  sums: (range: SlotRange) => SlotSums;
}

/** The ledger as an evaluation reads it. */
export interface LedgerSource {
  groupsOf: (slo: SloInForce) => string[];
  entry: (slo: SloInForce, group: string) => LedgerEntry;
}

/** Every range that an evaluation of the SLO sums. */
function rangesOf({ definition }: SloInForce, { openSlot, windowNow }: EvaluationTime): SlotRange[] {
  return definition.objectives.flatMap(({ target, window }) => {
    const tiers = tiersInForce(definition.alertTiers, target, window);
    const backs = lookBacksOf(tiers).map((minutes) => slotsOfLookBack(minutes, openSlot + 1));
    return [windowNow(window).soFar, ...backs];
  });
}

/** SLOs that are summed over ranges of others: the steps of a journey, over the journey's window. */
function rangesOfAll(slos: readonly SloInForce[], time: EvaluationTime): Map<string, SlotRange[]> {
  const ranges = new Map(slos.map((slo) => [slo.key, rangesOf(slo, time)]));
  for (const slo of slos) {
    const { sli } = slo.definition;
    if (sli.kind !== "composite") continue;
    for (const { slo: step } of sli.steps) ranges.get(step)?.push(...(ranges.get(slo.key) ?? []));
  }
  return ranges;
}

/**
 * Opens the ledger for one evaluation of these SLOs: brings the slots of the days that are cut or changed by people, and
 * nothing else.
 */
export async function openSource(
  book: LedgerBook,
  slos: readonly SloInForce[],
  entries: ReadonlyMap<string, readonly EntryRecord[]>,
  time: EvaluationTime,
): Promise<LedgerSource> {
  const { openSlot } = time;
  const today = dayOfSlot(openSlot);
  const ranges = rangesOfAll(slos, time);
  const changes = new Map<string, Map<number, DayChanges>>();
  const needed: LedgerKey[] = [];
  for (const slo of slos) {
    const { id, key, measureId, definition } = slo;
    if (measureId === null) continue;
    const own = ranges.get(key) ?? [];
    const whole = { from: Math.min(...own.map(({ from }) => from)), to: openSlot + 1 };
    const changed = changesByDay(changesOf(definition, entries.get(id) ?? [], whole));
    changes.set(id, changed);
    const first = book.firstSlotOf(measureId);
    const days = new Set([
      ...edgeDays(own),
      ...changed.keys(),
      ...(first === null ? [] : [dayOfSlot(first)]),
    ]);
    for (const groupKey of book.groupsOf(measureId)) {
      for (const day of days) needed.push({ measureId, groupKey, day });
    }
  }
  await book.bring(needed, today);
  return {
    groupsOf: ({ measureId }) => {
      const groups = measureId === null ? [] : book.groupsOf(measureId);
      return groups.length > 0 ? groups : [WHOLE];
    },
    entry: ({ id, measureId }, group) => {
      if (measureId === null) throw new RangeError("a journey has no ledger of its own");
      const changed = changes.get(id);
      const { day } = book.view(measureId, group, openSlot);
      const firstSlot = book.firstSlotOf(measureId) ?? openSlot + 1;
      const view = { day, firstSlot, changes: (number: number) => changed?.get(number) };
      const open = { from: openSlot, to: openSlot + 1 };
      return {
        now: book.nowOf(measureId, group),
        silenced: sumDays({ ...view, firstSlot: openSlot }, open).excludedSlots > 0,
        sums: (range) => sumDays(view, range),
      };
    },
  };
}
