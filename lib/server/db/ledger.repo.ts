import "server-only";
import type { DaySums } from "#lib/domain/slo/slots/days.ts";
import type { Transaction } from "./client.ts";

/** Names a row of the ledger. */
export interface LedgerKey {
  measureId: string;
  groupKey: string;
  day: number;
}

/** A day as it is kept: values of 288 slots, NaN where nothing was measured. */
export interface LedgerRow extends LedgerKey {
  bad: Float64Array;
  total: Float64Array;
  /** How often it was written; 0 for a new one. */
  revision: number;
}

/** A day without its slots. */
export interface LedgerSums extends LedgerKey {
  sums: DaySums;
  revision: number;
}

const toBytes = (values: Float64Array) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");

/** A copy: a buffer of the driver's may lie at an odd place in a larger one. */
function toValues(bytes: Uint8Array): Float64Array {
  return new Float64Array(Uint8Array.from(bytes).buffer);
}

/** The sums of all days of some measures. */
export async function findLedgerSums(tx: Transaction, measureIds: readonly string[]): Promise<LedgerSums[]> {
  const rows = await tx.ledgerDay.findMany({
    where: { measureId: { in: [...measureIds] } },
    omit: { bad: true, total: true },
  });
  return rows.map(({ badSum, totalSum, coveredSlots, ...row }) => ({
    ...row,
    sums: { bad: badSum, total: totalSum, coveredSlots },
  }));
}

interface StoredRow extends LedgerKey {
  bad: Uint8Array;
  total: Uint8Array;
  revision: number;
}

const toRow = (row: StoredRow): LedgerRow => ({ ...row, bad: toValues(row.bad), total: toValues(row.total) });

/** The slots of some days. */
export async function findLedgerRows(tx: Transaction, keys: readonly LedgerKey[]): Promise<LedgerRow[]> {
  if (keys.length === 0) return [];
  const rows = await tx.$queryRaw<StoredRow[]>`
    select d.measure_id as "measureId", d.group_key as "groupKey", d.day, d.bad, d.total, d.revision
    from ledger_days d
    join jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k("measureId" text, "groupKey" text, day int)
      on d.measure_id = k."measureId" and d.group_key = k."groupKey" and d.day = k.day`;
  return rows.map(toRow);
}

/** The days of one measure and group from `fromDay` to `toDay`, both included, in order. */
export async function findLedgerDays(
  tx: Transaction,
  { measureId, groupKey }: Omit<LedgerKey, "day">,
  { fromDay, toDay }: { fromDay: number; toDay: number },
): Promise<LedgerRow[]> {
  const rows = await tx.ledgerDay.findMany({
    where: { measureId, groupKey, day: { gte: fromDay, lte: toDay } },
    orderBy: { day: "asc" },
    omit: { badSum: true, totalSum: true, coveredSlots: true },
  });
  return rows.map(toRow);
}

/** A day to be written, with the sums of its slots. */
export interface LedgerWrite extends LedgerRow {
  sums: DaySums;
}

/**
 * Writes days whole. A row is only replaced by who has read its newest revision; answers how many were written, so that
 * a writer who is not alone notices.
 */
export function saveLedgerRows(tx: Transaction, writes: readonly LedgerWrite[]): Promise<number> {
  const rows = JSON.stringify(
    writes.map(({ bad, total, sums, ...row }) => ({
      ...row,
      bad: toBytes(bad),
      total: toBytes(total),
      bad_sum: sums.bad,
      total_sum: sums.total,
      covered: sums.coveredSlots,
    })),
  );
  return tx.$executeRaw`
    insert into ledger_days as d
      (measure_id, group_key, day, bad, total, bad_sum, total_sum, covered_slots, revision)
    select "measureId", "groupKey", day, decode(bad, 'base64'), decode(total, 'base64'), bad_sum, total_sum, covered,
      revision + 1
    from jsonb_to_recordset(${rows}::jsonb) as r("measureId" text, "groupKey" text, day int, bad text, total text,
      bad_sum float8, total_sum float8, covered int, revision int)
    order by "measureId", "groupKey", day
    on conflict (measure_id, group_key, day) do update set
      bad = excluded.bad, total = excluded.total, bad_sum = excluded.bad_sum, total_sum = excluded.total_sum,
      covered_slots = excluded.covered_slots, revision = excluded.revision
    where d.revision = excluded.revision - 1`;
}
