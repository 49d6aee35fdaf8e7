import "server-only";
import { fuse, type Fused } from "#lib/domain/slo/queries/fuse.ts";
import type { SlotValue } from "#lib/domain/slo/slots/series.ts";
import { slotAt, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import type { MeasureProgress, MeasureRecord } from "#lib/server/db/measure.repo.ts";
import { log } from "#lib/server/log.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { askNow, askSlots, type NowValue } from "./ask.ts";
import type { LedgerBook } from "./book.ts";

/** Closed slots that are asked for again at every look, for late samples. */
const PROVISIONAL_SLOTS = 2;
/** Gaps are asked for again for a day, every half an hour. */
const RETRY_SLOTS = SLOTS_PER_DAY;
const RETRY_EVERY_SLOTS = 6;
/** What one question may span; what a longer absence left is fetched over several looks. */
const MAX_SLOTS_AT_ONCE = SLOTS_PER_DAY;

interface Look {
  nowMs: number;
  openSlot: number;
  /** Whether this look also tries the gaps of the last day. */
  retriesGaps: boolean;
}

/** The first slot to ask for: the provisional ones, those not asked for yet, and now and then older gaps. */
function firstWanted(measure: MeasureRecord, book: LedgerBook, look: Look): number {
  const { openSlot } = look;
  const usual = Math.min(measure.resumeSlot, openSlot - PROVISIONAL_SLOTS);
  if (!look.retriesGaps) return usual;
  const from = Math.max(openSlot - RETRY_SLOTS, measure.backfillTo, book.firstSlotOf(measure.id) ?? openSlot);
  return Math.min(usual, book.firstGap(measure.id, { from, to: usual }) ?? usual);
}

interface Fetched {
  slots: Map<string, Map<string, Map<number, SlotValue>>>;
  now: Map<string, Map<string, NowValue>>;
  progress: MeasureProgress[];
}

/** The newest slot of slices, as the present of a measure that is judged by slices. */
function nowOfSlices(
  values: ReadonlyMap<number, SlotValue>,
  openSlot: number,
  newestSampleMs: number | null,
): NowValue {
  const open = values.get(openSlot) ?? null;
  return { open, live: open ?? values.get(openSlot - 1) ?? null, newestSampleMs };
}

async function fetchFused(
  context: QueryContext,
  fused: Fused,
  records: ReadonlyMap<string, MeasureRecord>,
  book: LedgerBook,
  look: Look,
): Promise<Fetched> {
  const { nowMs, openSlot } = look;
  const members = fused.members.flatMap(({ id }) => records.get(id) ?? []);
  const from = Math.min(...members.map((measure) => firstWanted(measure, book, look)));
  const bySlices = fused.sliceSeconds !== null;
  const end = Math.min(openSlot, from + MAX_SLOTS_AT_ONCE);
  // Of slices the open slot has some already; what counts events is asked for it apart, up to this moment.
  const to = end === openSlot && bySlices ? openSlot + 1 : end;
  const [closed, present] = await Promise.all([
    askSlots(context, fused, { from, to }, nowMs),
    askNow(context, fused, nowMs),
  ]);
  const now: Fetched["now"] = new Map();
  const slots: Fetched["slots"] = new Map();
  const progress: MeasureProgress[] = members.map(({ id }) => {
    const groups = closed.slots.get(id) ?? new Map<string, Map<number, SlotValue>>();
    const current = present.values.get(id) ?? new Map<string, NowValue>();
    if (bySlices) {
      const newest = closed.newestMs.get(id);
      const ofSlices = [...groups].map(([group, values]): [string, NowValue] => {
        const seenMs = current.get(group)?.newestSampleMs ?? newest?.get(group) ?? null;
        return [group, nowOfSlices(values, openSlot, seenMs)];
      });
      now.set(id, new Map(ofSlices));
      for (const values of groups.values()) values.delete(openSlot);
    } else now.set(id, current);
    slots.set(id, groups);
    const seen = [...(now.get(id)?.values() ?? [])].map(({ newestSampleMs }) => newestSampleMs ?? 0);
    const newestMs = Math.max(0, ...seen);
    return {
      id,
      resumeSlot: end,
      newestSampleAt: newestMs > 0 ? new Date(newestMs) : null,
      problem: closed.problems.get(id) ?? present.problems.get(id) ?? null,
    };
  });
  return { slots, now, progress };
}

/** Nothing is known of the present of measures whose source did not answer, but when it was last heard of. */
function unanswered(
  fused: Fused,
  records: ReadonlyMap<string, MeasureRecord>,
  book: LedgerBook,
  error: unknown,
): Fetched {
  const problem = `The source did not answer: ${(error as Error).message}`;
  const now: Fetched["now"] = new Map();
  for (const { id } of fused.members) {
    const lastMs = records.get(id)?.newestSampleAt?.getTime() ?? null;
    const groups = book.groupsOf(id).map((group): [string, NowValue] => {
      const newestSampleMs = book.nowOf(id, group)?.newestSampleMs ?? lastMs;
      return [group, { open: null, live: null, newestSampleMs }];
    });
    now.set(id, new Map(groups));
  }
  return { slots: new Map(), now, progress: fused.members.map(({ id }) => ({ id, problem })) };
}

/**
 * One look at the sources for all measures: what was not asked for yet, the last two closed slots again, and the
 * present. Measures that differ only in label values share their questions. A source that does not answer
 * leaves a gap that is asked for again.
 * @returns how many days of the ledger were written
 */
export async function fetchNewSlots(
  book: LedgerBook,
  measures: readonly MeasureRecord[],
  { nowMs, signal, retriesGaps }: { nowMs: number; signal: AbortSignal; retriesGaps: boolean },
): Promise<number> {
  const context: QueryContext = { actor: SYSTEM_ACTOR, signal };
  const look: Look = { nowMs, openSlot: slotAt(nowMs), retriesGaps };
  const records = new Map(measures.map((measure) => [measure.id, measure]));
  const written = await Promise.all(
    fuse(measures).map(async (fused) => {
      const fetched = await fetchFused(context, fused, records, book, look).catch((error: unknown) => {
        if (signal.aborted) throw error;
        log().warn({ err: error, measures: fused.members.length }, "the ledger got no answer");
        return unanswered(fused, records, book, error);
      });
      const days = await book.write(fetched.slots, fetched.progress);
      book.setNow(fetched.now);
      return days;
    }),
  );
  return written.reduce((sum, days) => sum + days, 0);
}

/** Whether a look at a newly opened slot also tries older gaps. */
export function isRetryLook(openSlot: number, previousSlot: number | null): boolean {
  return openSlot !== previousSlot && openSlot % RETRY_EVERY_SLOTS === 0;
}
