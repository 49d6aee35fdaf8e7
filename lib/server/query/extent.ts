import "server-only";
import { endOf, type Grid } from "./grid.ts";
import type { Labels, RangeData, RangeSeries } from "./types.ts";

/** For so long after its time a point may still change: samples arrive late, and some sources hide their newest. */
export const LATE_MS = 60_000;
/** What came later than that, or was written into the past, shows after this long at most. */
export const REREAD_MS = 30 * 60_000;
/** Of what was asked for, so much more is kept before the oldest points go. */
const SLACK = 1.25;

interface ExtentSeries {
  key: string;
  labels: Labels;
  /** One per point; NaN is a gap. Half the memory of an array that holds nulls. */
  values: Float64Array;
}

/** Points of a range query that are known, without a hole between the first and the last. Never changed, only replaced. */
export interface Extent {
  grid: Grid;
  series: ExtentSeries[];
  /** When its newest points were asked for, ms. */
  fetchedAtMs: number;
  /** When all of it was asked for at once, ms. */
  wholeAtMs: number;
  /** The most points that were asked for at once. */
  keepPoints: number;
}

/** An extent made of one whole answer to `grid`. */
export function newExtent(grid: Grid, series: readonly RangeSeries[], nowMs: number): Extent {
  return {
    grid,
    series: series.map(({ labels, values }) => ({
      key: keyOf(labels),
      labels,
      values: Float64Array.from(values, (value) => value ?? NaN),
    })),
    fetchedAtMs: nowMs,
    wholeAtMs: nowMs,
    keepPoints: grid.points,
  };
}

/** The last evaluation time that no late sample changes any more, Unix seconds on the grid. */
function settledEnd({ grid, fetchedAtMs }: Extent): number {
  const settled = Math.floor((fetchedAtMs - LATE_MS) / 1000 / grid.stepSeconds) * grid.stepSeconds;
  return Math.min(settled, endOf(grid));
}

/** True while its older points may be taken as they are. */
export function mayBeExtended(extent: Extent, nowMs: number): boolean {
  const ageMs = nowMs - extent.wholeAtMs;
  return ageMs >= 0 && ageMs < REREAD_MS;
}

/** True when the extent has all points of a grid, and those that can change are younger than `freshMs`. */
export function answers(extent: Extent, grid: Grid, freshMs: number, nowMs: number): boolean {
  if (extent.grid.startSeconds > grid.startSeconds || endOf(extent.grid) < endOf(grid)) return false;
  const ageMs = nowMs - extent.fetchedAtMs;
  return endOf(grid) <= settledEnd(extent) || (ageMs >= 0 && ageMs < freshMs);
}

/** The one stretch that a grid lacks at the front or the end of an extent; null when that is no short cut. */
export function missingOf(extent: Extent, grid: Grid): Grid | null {
  const { stepSeconds } = grid;
  const from = settledEnd(extent) + stepSeconds;
  const lacksHead = grid.startSeconds < extent.grid.startSeconds;
  const lacksTail = endOf(grid) >= from;
  if (lacksHead === lacksTail) return null;
  const [startSeconds, lastSeconds] = lacksTail
    ? [from, endOf(grid)]
    : [grid.startSeconds, extent.grid.startSeconds - stepSeconds];
  const points = Math.round((lastSeconds - startSeconds) / stepSeconds) + 1;
  const touches = startSeconds <= endOf(grid) + stepSeconds && points < grid.points;
  return touches ? { startSeconds, stepSeconds, points } : null;
}

/** Joins what was missing to an extent, for a question that asked for `grid`. */
export function extended(extent: Extent, missing: Extent, grid: Grid): Extent {
  const atTail = missing.grid.startSeconds > extent.grid.startSeconds;
  const { stepSeconds } = grid;
  const keepPoints = Math.max(extent.keepPoints, grid.points);
  const lastSeconds = endOf(atTail ? missing.grid : extent.grid);
  const first = Math.min(extent.grid.startSeconds, missing.grid.startSeconds);
  const oldest = lastSeconds - Math.floor(keepPoints * SLACK - 1) * stepSeconds;
  const startSeconds = Math.max(first, Math.min(grid.startSeconds, oldest));
  const points = Math.round((lastSeconds - startSeconds) / stepSeconds) + 1;
  const whole = { startSeconds, stepSeconds, points };
  return {
    grid: whole,
    series: joined(atTail ? [extent, missing] : [missing, extent], whole),
    fetchedAtMs: atTail ? missing.fetchedAtMs : extent.fetchedAtMs,
    wholeAtMs: extent.wholeAtMs,
    keepPoints,
  };
}

/** Lays two extents over one grid, the later over the earlier. */
function joined([earlier, later]: readonly [Extent, Extent], whole: Grid): ExtentSeries[] {
  const pointAt = (seconds: number) => Math.round((seconds - whole.startSeconds) / whole.stepSeconds);
  const [from, seam] = [pointAt(earlier.grid.startSeconds), pointAt(later.grid.startSeconds)];
  const byKey = new Map<string, ExtentSeries>();
  for (const { key, labels, values } of earlier.series) {
    const line = new Float64Array(whole.points).fill(NaN);
    line.set(values.subarray(Math.max(0, -from), seam - from), Math.max(0, from));
    byKey.set(key, { key, labels, values: line });
  }
  const known = byKey.size;
  for (const { key, labels, values } of later.series) {
    const line = byKey.get(key)?.values ?? new Float64Array(whole.points).fill(NaN);
    line.set(values, seam);
    byKey.set(key, { key, labels, values: line });
  }
  const all = [...byKey.values()];
  if (all.length > known) all.sort((a, b) => compareLabels(a.labels, b.labels));
  return all.filter(({ values }) => values.some((value) => !Number.isNaN(value)));
}

/** A grid cut out of an extent; gaps where it has no points. Series without a number on the grid are left out. */
export function cut(extent: Extent, grid: Grid): RangeData {
  const { startSeconds, stepSeconds, points } = grid;
  const shift = Math.round((startSeconds - extent.grid.startSeconds) / stepSeconds);
  const series = extent.series.flatMap(({ labels, values }) => {
    let some = false;
    const line = new Array<number | null>(points);
    for (let i = 0; i < points; i += 1) {
      const value = values[i + shift] ?? NaN;
      const gap = Number.isNaN(value);
      line[i] = gap ? null : value;
      some ||= !gap;
    }
    return some ? [{ labels, values: line }] : [];
  });
  return { startSeconds, stepSeconds, series };
}

/** About what an extent holds in memory. */
export function extentBytes({ grid, series }: Extent): number {
  const names = series.reduce((bytes, { key }) => bytes + 300 + 4 * key.length, 0);
  return 500 + names + series.length * grid.points * 8;
}

function keyOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(byName));
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order in which Prometheus answers series: by name and value of each label in turn. */
function compareLabels(a: Labels, b: Labels): number {
  const [mine, theirs] = [a, b].map((labels) => Object.entries(labels).sort(byName).flat());
  for (const [i, word] of (mine ?? []).entries()) {
    const other = theirs?.[i];
    if (other === undefined) return 1;
    if (word !== other) return word < other ? -1 : 1;
  }
  return (mine?.length ?? 0) - (theirs?.length ?? 0);
}
