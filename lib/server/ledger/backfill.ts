import "server-only";
import { type Fused, fuse } from "#lib/domain/slo/queries/fuse.ts";
import { SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import type { MeasureRecord } from "#lib/server/db/measure.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { askSlots } from "./ask.ts";
import type { LedgerBook } from "./book.ts";

/** Values that one chunk may bring, so that it fits into memory and is answered within seconds. */
const MAX_CHUNK_VALUES = 600_000;
const MAX_CHUNK_DAYS = 10;
/** Sources refuse more than 11,000 points a series. */
const MAX_CHUNK_POINTS = 10_000;
/** A question that was refused is asked again after this long; the others go on meanwhile. */
const REST_MS = 5 * 60_000;

/** Until when measures rest whose question was refused, by id; for as long as this process keeps the ledger. */
export type Resting = Map<string, number>;

/** Whether some of a measure's history is still to be fetched. */
export function isWaiting({ backfillTo, backfillFrom }: MeasureRecord): boolean {
  return backfillTo > backfillFrom;
}

/** One step backwards: measures that have come equally far are asked together. */
interface Chunk {
  fused: Fused;
  from: number;
  to: number;
}

function chunkDays({ members, sliceSeconds, sides }: Fused): number {
  const points = sliceSeconds === null ? SLOTS_PER_DAY : 86_400 / sliceSeconds;
  const values = points * sides.length * members.length;
  const most = Math.min(MAX_CHUNK_DAYS, MAX_CHUNK_POINTS / points, MAX_CHUNK_VALUES / values);
  return Math.max(1, Math.floor(most));
}

/** The next chunk: that of the measure with the least history, for a page with no figures waits for it. */
function nextChunk(waiting: readonly MeasureRecord[]): Chunk | null {
  const newest = Math.max(...waiting.map(({ backfillTo }) => backfillTo));
  const [fused] = fuse(waiting.filter(({ backfillTo }) => backfillTo === newest));
  if (!fused) return null;
  const members = new Set(fused.members.map(({ id }) => id));
  const goal = Math.min(
    ...waiting.filter(({ id }) => members.has(id)).map(({ backfillFrom }) => backfillFrom),
  );
  return { fused, to: newest, from: Math.max(goal, newest - chunkDays(fused) * SLOTS_PER_DAY) };
}

/**
 * Fetches one chunk of history, newest first, and notes how far it came in the same transaction: after a crash it
 * goes on from there, and a chunk that is fetched twice replaces the same slots.
 * A question that the source does not answer is noted as the measures' problem, and rests for a while.
 * @returns whether there was something to fetch
 */
export async function backfillChunk(
  book: LedgerBook,
  measures: readonly MeasureRecord[],
  { nowMs, signal, resting }: { nowMs: number; signal: AbortSignal; resting: Resting },
): Promise<boolean> {
  const chunk = nextChunk(measures.filter((one) => isWaiting(one) && (resting.get(one.id) ?? 0) <= nowMs));
  if (!chunk) return false;
  const { fused, from, to } = chunk;
  const asked = askSlots({ actor: SYSTEM_ACTOR, signal }, fused, { from, to }, nowMs);
  const answer = await asked.catch((error: unknown) => {
    if (signal.aborted || !(error instanceof AppError)) throw error;
    return error;
  });
  if (answer instanceof AppError) {
    const problem = `History cannot be fetched: ${answer.message}`;
    for (const { id } of fused.members) resting.set(id, nowMs + REST_MS);
    await book.write(
      new Map(),
      fused.members.map(({ id }) => ({ id, problem })),
    );
    return true;
  }
  const { slots, problems } = answer;
  const progress = fused.members.map(({ id }) => {
    const problem = problems.get(id);
    return { id, backfillTo: from, ...(problem === undefined ? {} : { problem }) };
  });
  await book.write(slots, progress);
  return true;
}
