import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { daySums } from "#lib/domain/slo/slots/days.ts";
import { WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import type { SlotValue } from "#lib/domain/slo/slots/series.ts";
import { dayOfSlot, slotAt, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { windowNow } from "#lib/domain/slo/time/periods.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { type LedgerWrite, saveLedgerRows } from "#lib/server/db/ledger.repo.ts";
import { findEntries } from "#lib/server/db/slo-entry.repo.ts";
import { findSlos } from "#lib/server/db/slo.repo.ts";
import { saveStates } from "#lib/server/db/slo-state.repo.ts";
import { LedgerBook } from "#lib/server/ledger/book.ts";
import { evaluateSlos } from "#lib/server/ledger/evaluate.ts";
import type { EvaluationTime } from "#lib/server/ledger/in-force.ts";
import { measureId } from "#lib/server/ledger/measure-id.ts";
import { openSource } from "#lib/server/ledger/source.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { createSlo } from "./create.ts";

/** Makes an SLO in force; answers its id. */
export async function makeSlo(definition: SloDefinition): Promise<string> {
  return (await createSlo(ADMIN, { definition }, testCaller())).id;
}

/** Writes closed slots of an SLO into the ledger: `valueOf` says what was counted `ago` slots before the open one. */
export async function writeLedger(
  definition: SloDefinition,
  slots: number,
  nowMs: number,
  valueOf: (ago: number) => SlotValue | null,
  groupKey = WHOLE,
): Promise<void> {
  const measure = measureOf(definition);
  if (!measure) throw new RangeError("a journey has no ledger");
  const open = slotAt(nowMs);
  const days = new Map<number, LedgerWrite>();
  for (let ago = 1; ago <= slots; ago++) {
    const value = valueOf(ago);
    const day = dayOfSlot(open - ago);
    const row = days.get(day) ?? emptyDay(measureId(measure), groupKey, day);
    days.set(day, row);
    if (!value) continue;
    row.bad[(open - ago) % SLOTS_PER_DAY] = value.bad;
    row.total[(open - ago) % SLOTS_PER_DAY] = value.total;
  }
  const rows = [...days.values()].map((row) => ({ ...row, sums: daySums(row.bad, row.total) }));
  await transaction((tx) => saveLedgerRows(tx, rows));
}

function emptyDay(id: string, groupKey: string, day: number): LedgerWrite {
  const gaps = () => new Float64Array(SLOTS_PER_DAY).fill(NaN);
  const sums = { bad: 0, total: 0, coveredSlots: 0 };
  return { measureId: id, groupKey, day, bad: gaps(), total: gaps(), sums, revision: 0 };
}

/** Evaluates every SLO in force as the leader does, with this much in each open slot of the groups that report. */
export async function evaluateAll(
  nowMs: number,
  open: SlotValue,
  reporting: readonly string[] = [WHOLE],
): Promise<void> {
  const all = (await read((tx) => findSlos(tx))).flatMap(({ id, key, version, definition, measureId: of }) =>
    definition ? [{ id, key, version, definition, measureId: of }] : [],
  );
  const book = new LedgerBook();
  const measures = all.flatMap((slo) => slo.measureId ?? []);
  await book.open(measures);
  const now = { open, live: open, newestSampleMs: nowMs - 5_000 };
  book.setNow(new Map(measures.map((id) => [id, new Map(reporting.map((group) => [group, now]))])));
  const entries = Map.groupBy(await read((tx) => findEntries(tx)), ({ sloId }) => sloId);
  const time: EvaluationTime = {
    nowMs,
    openSlot: slotAt(nowMs),
    windowNow: (window) => windowNow(window, nowMs),
  };
  const source = await openSource(book, all, entries, time);
  const states = evaluateSlos(all, source, new Map(), time);
  await transaction((tx) => saveStates(tx, states, new Date(nowMs)));
}
