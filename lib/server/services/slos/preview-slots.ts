import "server-only";
import { LRUCache } from "lru-cache";
import { confinementKey } from "#lib/domain/access/matchers.ts";
import { fuse, type Fused, type KnownMeasure } from "#lib/domain/slo/queries/fuse.ts";
import { dayOfSlot, SLOT_MS, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { read } from "#lib/server/db/client.ts";
import { findLedgerRows, findLedgerSums } from "#lib/server/db/ledger.repo.ts";
import { findMeasures } from "#lib/server/db/measure.repo.ts";
import { type AskedSlots, askNow, askSlots, type NowValue } from "#lib/server/ledger/ask.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { singleton } from "#lib/server/singleton.ts";

/** Closed slots that late samples may still change. */
const PROVISIONAL_SLOTS = 2;
/** A source gives 11,000 points per series at most. */
const MAX_POINTS = 10_000;
/** A question occupies one core of the source: a month is asked for in so many at once. */
const PARTS = 4;
const KEPT_MS = 15 * 60_000;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** From the first slot of the span to the open one; NaN is a gap. */
interface Column {
  bad: Float64Array;
  total: Float64Array;
}

/** One group's slots and its present. */
export interface GroupSlots extends Column {
  now: NowValue | null;
}

/** What is known of one measure. */
export interface MeasureSlots {
  groups: ReadonlyMap<string, GroupSlots>;
  /** Why it cannot be measured. */
  problem: string | null;
}

/** Slots from `from` to the one that is open at `nowMs`. */
export interface PreviewSpan {
  /** The first slot of a day, so that what was asked a moment ago can be gone on with. */
  from: number;
  openSlot: number;
  nowMs: number;
}

/** Slots at hand, and the first one that is still to be asked for. */
interface Begun {
  columns: Map<string, Column>;
  resume: number;
}

function columnOf(columns: Map<string, Column>, group: string, { from, openSlot }: PreviewSpan): Column {
  const known = columns.get(group);
  if (known) return known;
  const gaps = () => new Float64Array(openSlot + 1 - from).fill(NaN);
  const column = { bad: gaps(), total: gaps() };
  columns.set(group, column);
  return column;
}

/** Measures whose ledger reaches back far enough. */
async function fromLedger(ids: readonly string[], span: PreviewSpan): Promise<Map<string, Begun>> {
  const { from, openSlot } = span;
  return read(async (tx) => {
    const kept = (await findMeasures(tx, ids)).filter(({ backfillTo }) => backfillTo <= from);
    const found = new Map(
      kept.map(({ id, resumeSlot }): [string, Begun] => [
        id,
        { columns: new Map(), resume: Math.max(from, Math.min(resumeSlot, openSlot - PROVISIONAL_SLOTS)) },
      ]),
    );
    const days = (await findLedgerSums(tx, [...found.keys()])).filter(({ day }) => day >= dayOfSlot(from));
    for (const { measureId, groupKey, day, bad, total } of await findLedgerRows(tx, days)) {
      const begun = found.get(measureId);
      if (!begun) continue;
      const column = columnOf(begun.columns, groupKey, span);
      const first = day * SLOTS_PER_DAY;
      const start = Math.max(0, from - first);
      const end = Math.min(SLOTS_PER_DAY, begun.resume - first);
      if (end <= start) continue;
      column.bad.set(bad.subarray(start, end), first + start - from);
      column.total.set(total.subarray(start, end), first + start - from);
    }
    return found;
  });
}

/** Slots that were asked for, up to the one that was open then. */
interface Kept {
  columns: Map<string, Column>;
  openSlot: number;
}

/** While somebody types, targets and alerts change and the question does not. */
function keptAnswers() {
  const sizeCalculation = ({ columns }: Kept) =>
    [...columns.values()].reduce((bytes, { bad, total }) => bytes + bad.byteLength + total.byteLength, 1);
  return singleton(
    "slos.preview-slots",
    () => new LRUCache<string, Kept>({ maxSize: MAX_KEPT_BYTES, ttl: KEPT_MS, sizeCalculation }),
  );
}

function keyOf({ actor }: QueryContext, id: string, { from }: PreviewSpan): string {
  return JSON.stringify([confinementKey(actor.confinement), id, from]);
}

/** What was asked a while ago, as long as the present; of its newest slots some may have changed. */
function resumed(kept: Kept, span: PreviewSpan): Begun {
  const columns = new Map<string, Column>();
  for (const [group, { bad, total }] of kept.columns) {
    const column = columnOf(columns, group, span);
    column.bad.set(bad.subarray(0, column.bad.length));
    column.total.set(total.subarray(0, column.total.length));
  }
  const same = kept.openSlot === span.openSlot;
  return { columns, resume: same ? span.openSlot : Math.max(span.from, kept.openSlot - PROVISIONAL_SLOTS) };
}

/** The ledger is measured for everybody at once: whoever is confined asks the source themselves. */
async function begin(
  context: QueryContext,
  measures: readonly KnownMeasure[],
  span: PreviewSpan,
): Promise<Map<string, Begun>> {
  const ids = measures.map(({ id }) => id);
  const ledger =
    context.actor.confinement.length === 0 ? await fromLedger(ids, span) : new Map<string, Begun>();
  return new Map(
    ids.map((id) => {
      const kept = keptAnswers().get(keyOf(context, id, span));
      const fresh = { columns: new Map<string, Column>(), resume: span.from };
      return [id, ledger.get(id) ?? (kept ? resumed(kept, span) : fresh)];
    }),
  );
}

function slotsAtOnce({ sliceSeconds }: Fused, slots: number): number {
  const most = Math.floor(sliceSeconds === null ? MAX_POINTS : (MAX_POINTS * sliceSeconds * 1000) / SLOT_MS);
  return Math.min(most, Math.max(SLOTS_PER_DAY, Math.ceil(slots / PARTS)));
}

/** Asks for a range in several questions at once. */
function askInParts(
  context: QueryContext,
  fused: Fused,
  { from, to, nowMs }: { from: number; to: number; nowMs: number },
): Promise<AskedSlots[]> {
  const parts: Promise<AskedSlots>[] = [];
  const size = slotsAtOnce(fused, to - from);
  for (let start = from; start < to; start += size) {
    parts.push(askSlots(context, fused, { from: start, to: Math.min(to, start + size) }, nowMs));
  }
  return Promise.all(parts);
}

/** The present of slices: what the open slot has of them, else the slot before. */
function nowOfSlices(column: Column, newestSampleMs: number | null): NowValue {
  const at = (index: number) => {
    const [bad = NaN, total = NaN] = [column.bad[index], column.total[index]];
    return Number.isNaN(total) ? null : { bad, total };
  };
  const last = column.total.length - 1;
  return { open: at(last), live: at(last) ?? at(last - 1), newestSampleMs };
}

async function complete(
  context: QueryContext,
  fused: Fused,
  begun: ReadonlyMap<string, Begun>,
  span: PreviewSpan,
): Promise<[string, MeasureSlots][]> {
  const { openSlot, nowMs } = span;
  const from = Math.min(...fused.members.map(({ id }) => begun.get(id)?.resume ?? span.from));
  const bySlices = fused.sliceSeconds !== null;
  const [parts, present] = await Promise.all([
    askInParts(context, fused, { from, to: bySlices ? openSlot + 1 : openSlot, nowMs }),
    askNow(context, fused, nowMs),
  ]);
  return fused.members.map(({ id }) => {
    const columns = begun.get(id)?.columns ?? new Map<string, Column>();
    const newest = new Map<string, number>();
    for (const { slots, newestMs } of parts) {
      for (const [group, values] of slots.get(id) ?? []) {
        const column = columnOf(columns, group, span);
        for (const [slot, { bad, total }] of values) {
          column.bad[slot - span.from] = bad;
          column.total[slot - span.from] = total;
        }
      }
      for (const [group, at] of newestMs.get(id) ?? []) newest.set(group, at);
    }
    const groups = [...columns].map(([group, column]): [string, GroupSlots] => {
      const current = present.values.get(id)?.get(group) ?? null;
      const seenMs = current?.newestSampleMs ?? newest.get(group) ?? null;
      return [group, { ...column, now: bySlices ? nowOfSlices(column, seenMs) : current }];
    });
    const problem = [...parts, present].flatMap(({ problems }) => problems.get(id) ?? [])[0] ?? null;
    if (problem === null) keptAnswers().set(keyOf(context, id, span), { columns, openSlot });
    return [id, { groups: new Map(groups), problem }];
  });
}

/**
 * The slots of measures over a span, kept or not: from the ledger where it has them and the actor is not
 * confined, else from the source, in the actor's own sight.
 * @throws AppError in the source's words when it does not answer
 */
export async function measureSlots(
  context: QueryContext,
  measures: readonly KnownMeasure[],
  span: PreviewSpan,
): Promise<Map<string, MeasureSlots>> {
  const begun = await begin(context, measures, span);
  const byResume = Map.groupBy(measures, ({ id }) => begun.get(id)?.resume ?? span.from);
  const questions = [...byResume.values()].flatMap((some) => fuse(some));
  const answers = await Promise.all(questions.map((fused) => complete(context, fused, begun, span)));
  return new Map(answers.flat());
}
