import "server-only";
import type { Grid } from "./grid.ts";
import type { Answer } from "./read-through.ts";
import type { RangeData } from "./types.ts";

/** Unix ms of the newest grid point at which any series has a number; null when none has. */
export function newestPointMs(data: RangeData): number | null {
  const newest = Math.max(-1, ...data.series.map(({ values }) => values.findLastIndex((v) => v !== null)));
  return newest < 0 ? null : (data.startSeconds + newest * data.stepSeconds) * 1000;
}

/**
 * Moves an older answer onto another grid of the same step: points of both grids are kept, the rest are
 * gaps. Null when the two share no point.
 */
export function refitRange(older: Answer<RangeData>, grid: Grid): Answer<RangeData> | null {
  const { startSeconds, stepSeconds, points } = grid;
  const shift = (startSeconds - older.data.startSeconds) / stepSeconds;
  const series = older.data.series.map(({ labels, values }) => ({
    labels,
    values: Array.from({ length: points }, (_, i) => values[i + shift] ?? null),
  }));
  const data = { startSeconds, stepSeconds, series };
  const asOfMs = newestPointMs(data);
  return asOfMs === null ? null : { ...older, data, asOfMs };
}
