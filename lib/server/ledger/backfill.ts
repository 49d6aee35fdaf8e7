import "server-only";
import { type Fused, fuse } from "#lib/domain/slo/queries/fuse.ts";
import { SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import type { MeasureRecord } from "#lib/server/db/measure.repo.ts";
import { askSlots } from "./ask.ts";
import type { LedgerBook } from "./book.ts";

/** Values that one chunk may bring, so that it fits into memory and is answered within seconds. */
const MAX_CHUNK_VALUES = 600_000;
const MAX_CHUNK_DAYS = 10;

/** One step backwards: measures that have come equally far are asked together. */
interface Chunk {
  fused: Fused;
  from: number;
  to: number;
}

function chunkDays({ members, sliceSeconds, sides }: Fused): number {
  const perDay =
    (sliceSeconds === null ? SLOTS_PER_DAY : 86_400 / sliceSeconds) * sides.length * members.length;
  return Math.max(1, Math.min(MAX_CHUNK_DAYS, Math.floor(MAX_CHUNK_VALUES / perDay)));
}

/** The next chunk: that of the measure with the least history, for a page with no figures waits for it. */
function nextChunk(measures: readonly MeasureRecord[]): Chunk | null {
  const waiting = measures.filter(({ backfillTo, backfillFrom }) => backfillTo > backfillFrom);
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
 * @returns whether there is more to fetch
 * @throws AppError in the source's words when it does not answer
 */
export async function backfillChunk(
  book: LedgerBook,
  measures: readonly MeasureRecord[],
  { nowMs, signal }: { nowMs: number; signal: AbortSignal },
): Promise<boolean> {
  const chunk = nextChunk(measures);
  if (!chunk) return false;
  const { fused, from, to } = chunk;
  const { slots, problems } = await askSlots({ actor: SYSTEM_ACTOR, signal }, fused, { from, to }, nowMs);
  const progress = fused.members.map(({ id }) => {
    const problem = problems.get(id);
    return { id, backfillTo: from, ...(problem === undefined ? {} : { problem }) };
  });
  await book.write(slots, progress);
  return true;
}
