import "server-only";
import { type SlotSeries, withCorrections, withExclusions } from "#lib/domain/slo/slots/series.ts";
import { dayOfSlot, type SlotRange, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findLedgerDays, findLedgerSums, type LedgerRow } from "#lib/server/db/ledger.repo.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import { findEntries } from "#lib/server/db/slo-entry.repo.ts";
import type { Evaluated } from "#lib/server/db/slo-state.repo.ts";
import { changesOf } from "#lib/server/ledger/changes.ts";

/** The slots of one group: as they count, and as they were measured. */
export interface SlotLedger {
  counted: SlotSeries;
  raw: SlotSeries;
}

type Column = (number | null)[];

/** Days as columns over a range; what no row has is a gap. */
function columnsOf(rows: readonly LedgerRow[], { from, to }: SlotRange): { bad: Column; total: Column } {
  const bad: Column = Array<null>(Math.max(0, to - from)).fill(null);
  const total: Column = [...bad];
  for (const row of rows) {
    const start = row.day * SLOTS_PER_DAY;
    const end = Math.min(to, start + SLOTS_PER_DAY);
    for (let slot = Math.max(from, start); slot < end; slot++) {
      const [badHere, totalHere] = [row.bad[slot - start], row.total[slot - start]];
      if (badHere === undefined || totalHere === undefined || Number.isNaN(totalHere)) continue;
      bad[slot - from] = badHere;
      total[slot - from] = totalHere;
    }
  }
  return { bad, total };
}

/** Where the history of a measure begins; what lies before is not missing. Null without any data. */
async function firstSlotOf(
  tx: Transaction,
  measureId: string,
  rows: readonly LedgerRow[],
): Promise<number | null> {
  const sums = await findLedgerSums(tx, [measureId]);
  const days = sums.filter((one) => one.sums.coveredSlots > 0).map(({ day }) => day);
  if (days.length === 0) return null;
  const day = Math.min(...days);
  const at = rows.find((row) => row.day === day)?.total.findIndex((value) => !Number.isNaN(value)) ?? 0;
  return day * SLOTS_PER_DAY + Math.max(0, at);
}

/**
 * The slots of a group within a range, exclusions and corrections in force applied as the evaluator does, its open
 * slot with them. The series begins no earlier than the history does.
 */
export async function readSlotLedger(
  tx: Transaction,
  slo: Pick<SloRecord, "id"> & { definition: NonNullable<SloRecord["definition"]>; measureId: string },
  groupKey: string,
  range: SlotRange,
  openSlot: Evaluated["openSlot"],
): Promise<SlotLedger> {
  const { measureId, definition } = slo;
  const days = { fromDay: dayOfSlot(range.from), toDay: dayOfSlot(range.to - 1) };
  const rows = await findLedgerDays(tx, { measureId, groupKey }, days);
  const first = (await firstSlotOf(tx, measureId, rows)) ?? range.to;
  const span = { from: Math.min(range.to, Math.max(range.from, first)), to: range.to };
  const { bad, total } = columnsOf(rows, span);
  if (openSlot && openSlot.slot >= span.from && openSlot.slot < span.to) {
    bad[openSlot.slot - span.from] = openSlot.bad;
    total[openSlot.slot - span.from] = openSlot.total;
  }
  const raw = { firstSlot: span.from, bad, total };
  const { excluded, corrections } = changesOf(definition, await findEntries(tx, slo.id), span);
  return { raw, counted: withExclusions(withCorrections(raw, corrections), excluded) };
}
