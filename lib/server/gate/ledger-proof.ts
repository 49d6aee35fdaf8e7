import "server-only";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { writeMeasure } from "#lib/domain/slo/queries/fuse.ts";
import type { SloFact } from "#lib/domain/gate/facts.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findLedgerRows, type LedgerKey, type LedgerRow } from "#lib/server/db/ledger.repo.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import type { EvaluationSums, StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { sha256 } from "./record-hash.ts";

/** As many as the longest look-back of a status has: six hours of five minutes. */
const NEWEST_SLOTS = 72;
const SLOTS_PER_DAY = 288;
/** Of a service split into very many groups, the worst are proven slot by slot and the rest by their rows' hashes. */
const MOST_SLOT_LISTS = 12;

/** What an SLO's figures were made of, kept with the decision. */
export interface SloProof {
  key: string;
  version: number;
  objective: number;
  group: string;
  queries: { name: string; expr: string }[];
  sums: EvaluationSums[];
  openSlot: StateRecord["evaluated"]["openSlot"];
  /** The newest 72 closed slots; null where only the rows' hashes are kept. */
  slots: { firstSlot: number; bad: (number | null)[]; total: (number | null)[] } | null;
  /** The rows of the ledger that those slots lie in. */
  rows: { day: number; revision: number; hash: string }[];
}

/** An SLO's state with its definition. */
export interface ProvenState {
  slo: SloRecord;
  state: StateRecord;
  fact: SloFact;
}

function endSlotOf({ evaluated }: StateRecord): number | null {
  const whole = evaluated.sums.find(({ lookBack }) => lookBack === "6h");
  return whole?.to ?? null;
}

function daysOf(endSlot: number): number[] {
  const first = Math.floor((endSlot - 1 - NEWEST_SLOTS) / SLOTS_PER_DAY);
  const last = Math.floor((endSlot - 1) / SLOTS_PER_DAY);
  return first === last ? [last] : [first, last];
}

function keysOf({ slo, state }: ProvenState): LedgerKey[] {
  const endSlot = endSlotOf(state);
  if (endSlot === null || slo.measureId === null) return [];
  const { measureId } = slo;
  return daysOf(endSlot).map((day) => ({ measureId, groupKey: state.groupKey, day }));
}

const rowKey = ({ measureId, groupKey, day }: LedgerKey) => JSON.stringify([measureId, groupKey, day]);

function rowHash({ bad, total }: LedgerRow): string {
  const bytes = (values: Float64Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return sha256(Buffer.concat([bytes(bad), bytes(total)]));
}

function slotsOf(endSlot: number, rows: readonly LedgerRow[]): SloProof["slots"] {
  const firstSlot = endSlot - 1 - NEWEST_SLOTS;
  const valueAt = (slot: number, of: "bad" | "total") => {
    const row = rows.find(({ day }) => day === Math.floor(slot / SLOTS_PER_DAY));
    const value = row?.[of][slot % SLOTS_PER_DAY];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  const line = (of: "bad" | "total") =>
    Array.from({ length: NEWEST_SLOTS }, (_, at) => valueAt(firstSlot + at, of));
  return { firstSlot, bad: line("bad"), total: line("total") };
}

function proofOf(proven: ProvenState, rows: readonly LedgerRow[], withSlots: boolean): SloProof {
  const { slo, state, fact } = proven;
  const endSlot = endSlotOf(state);
  const measure = slo.definition ? measureOf(slo.definition) : null;
  return {
    key: fact.key,
    version: fact.version,
    objective: fact.objective,
    group: fact.group,
    queries: measure ? writeMeasure(measure) : [],
    sums: state.evaluated.sums,
    openSlot: state.evaluated.openSlot,
    slots: endSlot === null || !withSlots ? null : slotsOf(endSlot, rows),
    rows: rows.map((row) => ({ day: row.day, revision: row.revision, hash: rowHash(row) })),
  };
}

/**
 * What each state's figures were made of: queries, sums per look-back, slots, and which rows they were read from. One
 * list per service, its worst states first.
 */
export async function proveStates(
  tx: Transaction,
  ofServices: readonly (readonly ProvenState[])[],
): Promise<SloProof[][]> {
  const rows = await findLedgerRows(
    tx,
    ofServices.flatMap((states) => states.flatMap(keysOf)),
  );
  const byKey = new Map(rows.map((row) => [rowKey(row), row]));
  return ofServices.map((states) =>
    states.map((proven, nth) => {
      const own = keysOf(proven).flatMap((key) => byKey.get(rowKey(key)) ?? []);
      return proofOf(proven, own, nth < MOST_SLOT_LISTS);
    }),
  );
}
