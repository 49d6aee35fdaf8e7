import "server-only";
import { checkGroupCount } from "#lib/domain/slo/definition/groups.ts";
import {
  type Fused,
  type KnownMeasure,
  placesOf,
  writeFused,
  writeFusedNow,
  writeFusedQuiet,
} from "#lib/domain/slo/queries/fuse.ts";
import type { Measure } from "#lib/domain/slo/queries/measure.ts";
import { readSlot, type SlotAnswer } from "#lib/domain/slo/queries/read-slots.ts";
import type { SlotValue } from "#lib/domain/slo/slots/series.ts";
import { SLOT_MS, slotAt, type SlotRange, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { askInstant, askRange } from "#lib/server/query/direct.ts";
import { inPieces, type Piece } from "./quiet-days.ts";
import type { Labels, QueryContext } from "#lib/server/query/types.ts";

/** Values by the measure's id, then by group key. */
type ByGroup<T> = Map<string, Map<string, T>>;

/** Why a measure's answer cannot be used, by the measure's id. */
type Problems = Map<string, string>;

const SLOT_SECONDS = SLOT_MS / 1000;
/** A slot that has hardly begun has no two samples to tell apart. */
const LEAST_ELAPSED_SECONDS = 30;

type Column = (number | null)[];
type Columns = Map<string, Column>;

/** Two rows of one place count together: a bound that is written in two ways, groups of a custom query. */
function addColumn(columns: Columns, part: string, values: readonly (number | null)[]): void {
  const there = columns.get(part);
  if (!there) columns.set(part, [...values]);
  else values.forEach((value, at) => (there[at] = value === null ? there[at]! : (there[at] ?? 0) + value));
}

function sortRows(
  fused: Fused,
  rows: readonly { labels: Labels; values: readonly (number | null)[] }[],
): ByGroup<Columns> {
  const find = placesOf(fused);
  const found: ByGroup<Columns> = new Map();
  for (const { labels, values } of rows) {
    for (const { measureId, group, part } of find(labels)) {
      const groups = found.get(measureId) ?? new Map<string, Columns>();
      found.set(measureId, groups);
      const columns = groups.get(group) ?? new Map<string, Column>();
      groups.set(group, columns);
      addColumn(columns, part, values);
    }
  }
  return found;
}

/** A histogram always has all of its buckets: requests without the one of the threshold mean that there is none. */
function lacksBucket({ sli }: Measure, groups: ReadonlyMap<string, Columns>): boolean {
  if (sli.kind !== "latency" || sli.histogram !== "classic") return false;
  const parts = [...groups.values()].flatMap((columns) => [...columns.keys()]);
  return parts.some((part) => part.endsWith("total")) && !parts.some((part) => part.endsWith("numerator"));
}

function problemOf({ measure }: KnownMeasure, groups: ReadonlyMap<string, Columns>): string | null {
  if (measure.sli.kind === "latency" && lacksBucket(measure, groups)) {
    const { durations, thresholdSeconds } = measure.sli;
    return `${durations.metric} has no bucket at ${thresholdSeconds} s; choose a threshold that is one of its bounds`;
  }
  return checkGroupCount(groups.size)[0]?.message ?? null;
}

/** Takes out the measures whose rows cannot be used, with the reason. */
function takeUnusable({ members }: Fused, found: ByGroup<Columns>): Problems {
  const problems: Problems = new Map();
  for (const member of members) {
    const problem = problemOf(member, found.get(member.id) ?? new Map());
    if (problem === null) continue;
    problems.set(member.id, problem);
    found.delete(member.id);
  }
  return problems;
}

/** The slots that were measured, by measure, group and slot; what is not there is a gap. */
export interface AskedSlots {
  slots: ByGroup<Map<number, SlotValue>>;
  /** End of the newest slice, or slot, that has a figure. */
  newestMs: ByGroup<number>;
  problems: Problems;
}

function newestOf(columns: Columns): number {
  const main = columns.get("value") ?? columns.get("total") ?? [];
  return main.findLastIndex((value) => value !== null);
}

/** Takes the groups of another piece in; where both know a group, the later piece has the newer figure. */
function mergeInto(all: AskedSlots, piece: AskedSlots): void {
  for (const [id, groups] of piece.slots) {
    const there = all.slots.get(id) ?? new Map<string, Map<number, SlotValue>>();
    all.slots.set(id, there);
    for (const [group, values] of groups) {
      there.set(group, new Map([...(there.get(group) ?? []), ...values]));
    }
  }
  for (const [id, groups] of piece.newestMs) {
    all.newestMs.set(id, new Map([...(all.newestMs.get(id) ?? []), ...groups]));
  }
  for (const [id, problem] of piece.problems) all.problems.set(id, problem);
}

/**
 * Asks one fused question for a range of slots, at the source itself; of the slot that is open at `nowMs` only
 * the slices that are over are asked for. Days on which all counters just counted cost the source a tenth.
 * @throws AppError in the source's words when it does not answer
 */
export async function askSlots(
  context: QueryContext,
  fused: Fused,
  range: SlotRange,
  nowMs: number,
): Promise<AskedSlots> {
  const all: AskedSlots = { slots: new Map(), newestMs: new Map(), problems: new Map() };
  for (const piece of await inPieces(context, fused, range)) {
    mergeInto(all, await askPiece(context, fused, piece, nowMs));
  }
  return all;
}

async function askPiece(
  context: QueryContext,
  fused: Fused,
  { from, to, quiet }: Piece,
  nowMs: number,
): Promise<AskedSlots> {
  const stepSeconds = fused.sliceSeconds ?? SLOT_SECONDS;
  const perSlot = SLOT_SECONDS / stepSeconds;
  const fromMs = slotStartMs(from) + stepSeconds * 1000;
  const toMs = Math.max(fromMs, Math.min(slotStartMs(to), nowMs));
  const { data } = await askRange(context, {
    expr: (quiet ? writeFusedQuiet(fused, stepSeconds) : null) ?? writeFused(fused, stepSeconds),
    fromMs,
    toMs,
    stepSeconds,
  });
  const found = sortRows(fused, data.series);
  const problems = takeUnusable(fused, found);
  const slots: AskedSlots["slots"] = new Map();
  const newestMs: AskedSlots["newestMs"] = new Map();
  for (const { id, measure } of fused.members) {
    const groups = new Map<string, Map<number, SlotValue>>();
    const newest = new Map<string, number>();
    for (const [group, columns] of found.get(id) ?? []) {
      const values = new Map<number, SlotValue>();
      const last = newestOf(columns);
      if (last >= 0) newest.set(group, fromMs + last * stepSeconds * 1000);
      for (let slot = from; slot < to; slot++) {
        const at = (slot - from) * perSlot;
        const part = (name: string) => (columns.get(name) ?? []).slice(at, at + perSlot);
        const answer: SlotAnswer = {
          numerator: part("numerator"),
          total: part("total"),
          value: part("value"),
        };
        const value = readSlot(answer, measure);
        if (value) values.set(slot, value);
      }
      if (values.size > 0) groups.set(group, values);
    }
    slots.set(id, groups);
    newestMs.set(id, newest);
  }
  return { slots, newestMs, problems };
}

/** What is known of this moment for a group. */
export interface NowValue {
  open: SlotValue | null;
  /** The newest five minutes. */
  live: SlotValue | null;
  newestSampleMs: number | null;
}

/**
 * Asks one fused question for this moment: the open slot so far, the newest five minutes and the newest sample.
 * @throws AppError in the source's words when it does not answer
 */
export async function askNow(
  context: QueryContext,
  fused: Fused,
  nowMs: number,
): Promise<{ values: ByGroup<NowValue>; problems: Problems }> {
  const elapsed = Math.floor((nowMs - slotStartMs(slotAt(nowMs))) / 1000);
  const expr = writeFusedNow(fused, Math.max(LEAST_ELAPSED_SECONDS, elapsed));
  const values: ByGroup<NowValue> = new Map();
  if (expr === null) return { values, problems: new Map() };
  const { data } = await askInstant(context, { expr, atMs: nowMs });
  const rows = data.map(({ labels, value }) => ({ labels, values: [value] }));
  const found = sortRows(fused, rows);
  const problems = takeUnusable(fused, found);
  for (const { id, measure } of fused.members) {
    const groups = [...(found.get(id) ?? [])].map(([group, columns]): [string, NowValue] => {
      const read = (prefix: string) => {
        const part = (name: string) => columns.get(`${prefix}_${name}`) ?? [];
        return readSlot({ numerator: part("numerator"), total: part("total"), value: [] }, measure);
      };
      const newest = columns.get("newest")?.[0] ?? null;
      const live = read("live");
      // PromQL of somebody's own does not tell when: an answer is as new as the question.
      const seenMs = newest === null ? (live ? nowMs : null) : newest * 1000;
      return [group, { open: read("open"), live, newestSampleMs: seenMs }];
    });
    values.set(id, new Map(groups));
  }
  return { values, problems };
}
