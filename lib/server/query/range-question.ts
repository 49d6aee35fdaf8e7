import "server-only";
import type { SourceSettings } from "#lib/server/env.ts";
import {
  answers,
  cut,
  extended,
  type Extent,
  extentBytes,
  mayBeExtended,
  missingOf,
  newExtent,
} from "./extent.ts";
import { endOf, type Grid } from "./grid.ts";
import { newestPointMs } from "./range-data.ts";
import type { Answer, Question } from "./read-through.ts";
import type { Told } from "./told.ts";
import type { RangeData, RangeSeries } from "./types.ts";

/** Of one query at one step: today's window, and a few that somebody looked at further back. */
const MAX_EXTENTS = 4;

interface Wanted {
  source: SourceSettings;
  /** The query and its step, and whatever else changes the answer beside the grid. */
  family: string;
  grid: Grid;
  freshMs: number;
  nowMs: () => number;
  /** False where a point depends on more than its own past (`@ end()`, a negative offset): then nothing is joined. */
  pointsStandAlone: boolean;
  load: (grid: Grid, signal: AbortSignal) => Promise<Told<RangeSeries[]>>;
}

/** Memory of what is kept of one query, bytes. */
export function extentsBytes(extents: readonly Extent[]): number {
  return extents.reduce((bytes, extent) => bytes + extentBytes(extent), 0);
}

/**
 * A range as a question to the cache: answered from the extents that are kept of its query, which are lengthened by
 * asking the source for the missing stretch alone. Newest points are asked for again until no late sample is likely.
 * What came with warnings is answered and not kept.
 */
export function rangeQuestion(wanted: Wanted): Question<RangeData, readonly Extent[]> {
  const { source, family, grid, freshMs, nowMs, load } = wanted;
  const same = (extent: Extent) =>
    extent.grid.startSeconds === grid.startSeconds && extent.grid.points === grid.points;
  const isCurrent = (extent: Extent) => {
    const now = nowMs();
    if (!wanted.pointsStandAlone) return same(extent) && now - extent.fetchedAtMs < freshMs;
    return mayBeExtended(extent, now) && answers(extent, grid, freshMs, now);
  };
  const shortcut = (extents: readonly Extent[]) => {
    if (!wanted.pointsStandAlone) return null;
    for (const extent of extents) {
      const missing = mayBeExtended(extent, nowMs()) ? missingOf(extent, grid) : null;
      if (missing) return { extent, missing };
    }
    return null;
  };
  return {
    source,
    family,
    exact: `${grid.startSeconds}+${grid.points}`,
    current: (extents) => {
      const found = extents.find(isCurrent);
      return found ? { answer: answerOf(found, grid), renew: false } : null;
    },
    load: async (signal, extents = []) => {
      const short = shortcut(extents);
      const asked = short?.missing ?? grid;
      const askedAtMs = nowMs();
      const { data, warnings, partial } = await load(asked, signal);
      const fetched = newExtent(asked, data, askedAtMs);
      const extent = short ? extended(short.extent, fetched, grid) : fetched;
      const answer = { ...answerOf(extent, grid), warnings, partial };
      if (partial || warnings.length > 0) return { answer, keep: null };
      const others = extents.filter((other) => other !== short?.extent && !overlap(extent.grid, other.grid));
      return { answer, keep: [extent, ...others].slice(0, MAX_EXTENTS) };
    },
    standIn: (extents) => {
      const found = extents.map((extent) => answerOf(extent, grid)).filter(({ asOfMs }) => asOfMs !== null);
      const newest = found.toSorted((a, b) => (b.asOfMs ?? 0) - (a.asOfMs ?? 0))[0];
      return newest ?? null;
    },
  };
}

function overlap(one: Grid, other: Grid): boolean {
  return one.startSeconds <= endOf(other) && other.startSeconds <= endOf(one);
}

function answerOf(extent: Extent, grid: Grid): Answer<RangeData> {
  const data = cut(extent, grid);
  return { data, warnings: [], partial: false, asOfMs: newestPointMs(data) };
}
