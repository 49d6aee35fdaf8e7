import type { Series, SeriesData } from "#lib/contracts/series.ts";
import { formatTime } from "#lib/format/time.ts";

/** A drawn line with its colour. */
export interface PlotLine extends Series {
  color: string;
}

/** One moment of a chart: `values[i]` belongs to the i-th drawn line. */
export interface PlotRow {
  atMs: number;
  values: (number | null)[];
}

/** The columnar answer as rows, for the lines that are drawn. */
export function plotRows(data: SeriesData, lines: readonly Series[]): PlotRow[] {
  return Array.from({ length: pointsOf(data) }, (_, i) => ({
    atMs: (data.startSeconds + i * data.stepSeconds) * 1000,
    values: lines.map((line) => line.values[i] ?? null),
  }));
}

/** First and last moment of the grid, in ms. */
export function spanOf(data: SeriesData): { fromMs: number; toMs: number } {
  const fromMs = data.startSeconds * 1000;
  return { fromMs, toMs: fromMs + Math.max(1, pointsOf(data) - 1) * data.stepSeconds * 1000 };
}

/** Thresholds near enough to the data to be drawn without flattening it: up to twice its greatest value. */
export function visibleThresholds<T extends { value: number }>(
  thresholds: readonly T[],
  greatest: number,
): T[] {
  return thresholds.filter((threshold) => threshold.value <= Math.max(0, greatest) * 2);
}

/** Places of values between two gaps: they have no line to belong to, so they are drawn as dots. */
export function loneValues(values: readonly (number | null)[]): number[] {
  const known = (at: number) => (values[at] ?? null) !== null;
  const lone: number[] = [];
  for (let at = 0; at < values.length; at += 1)
    if (known(at) && !known(at - 1) && !known(at + 1)) lone.push(at);
  return lone;
}

/**
 * So many points a chart are drawn as SVG; a denser one on canvas. An update of SVG costs about 1 ms for 100 points
 * (5 charts of 10 lines of 120 points: 49 to 60 ms), so 600 leave a page of many charts within its 50 ms.
 */
const MOST_SVG_POINTS = 600;

/** Whether a chart has more points than are drawn as SVG. */
export function isDense(data: SeriesData): boolean {
  return data.series.reduce((sum, { values }) => sum + values.length, 0) > MOST_SVG_POINTS;
}

/** The clock time of an axis tick, its date at midnight or where ticks are days apart. */
export function tickLabel(atMs: number, ticks: readonly number[], zone: string): string {
  const stepMs = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const clock = formatTime(atMs, stepMs > 0 && stepMs < 60_000 ? "clockSeconds" : "clock", zone);
  return stepMs >= 82_800_000 || clock === "00:00" ? formatTime(atMs, "day", zone) : clock;
}

/** How many moments a chart has. */
export function pointsOf(data: SeriesData): number {
  return data.series.reduce((most, series) => Math.max(most, series.values.length), 0);
}
