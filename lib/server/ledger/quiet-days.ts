import "server-only";
import { type Fused, writeFusedUnrest } from "#lib/domain/slo/queries/fuse.ts";
import { DAY_MS, dayOfSlot, type SlotRange, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { askRange } from "#lib/server/query/direct.ts";
import type { QueryContext } from "#lib/server/query/types.ts";

/** Slots that follow each other, and whether all their counters just went on counting. */
export interface Piece extends SlotRange {
  quiet: boolean;
}

/** Less than this is asked for at once: to find out costs more than it saves. */
const WORTH_LOOKING_SLOTS = 2 * SLOTS_PER_DAY;

/** The whole UTC days within a range on which no counter began, ended or was reset. */
async function findQuietDays(context: QueryContext, fused: Fused, range: SlotRange): Promise<Set<number>> {
  const expr = writeFusedUnrest(fused);
  const firstDay = Math.ceil(range.from / SLOTS_PER_DAY);
  const lastDay = Math.floor(range.to / SLOTS_PER_DAY) - 1;
  if (expr === null || lastDay < firstDay) return new Set();
  const { data } = await askRange(context, {
    expr,
    fromMs: (firstDay + 1) * DAY_MS,
    toMs: (lastDay + 1) * DAY_MS,
    stepSeconds: DAY_MS / 1000,
  });
  const days = Array.from({ length: lastDay - firstDay + 1 }, (_, at) => at);
  const known = data.series.length === fused.sides.length;
  const isQuiet = (at: number) => known && data.series.every(({ values }) => values[at] === 0);
  return new Set(days.filter(isQuiet).map((at) => firstDay + at));
}

/**
 * A long range in pieces: quiet ones, whose slots are plain differences, and those in which something began, ended or was
 * reset. Short ranges are one piece that is not taken to be quiet.
 */
export async function inPieces(context: QueryContext, fused: Fused, range: SlotRange): Promise<Piece[]> {
  if (range.to - range.from < WORTH_LOOKING_SLOTS) return [{ ...range, quiet: false }];
  const quietDays = await findQuietDays(context, fused, range);
  const pieces: Piece[] = [];
  for (let slot = range.from; slot < range.to;) {
    const day = dayOfSlot(slot);
    const end = Math.min(range.to, (day + 1) * SLOTS_PER_DAY);
    const quiet = quietDays.has(day);
    const last = pieces.at(-1);
    if (last?.quiet === quiet) last.to = end;
    else pieces.push({ from: slot, to: end, quiet });
    slot = end;
  }
  return pieces;
}
