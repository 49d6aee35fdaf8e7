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
  values: readonly number[],
): T[] {
  const greatest = values.reduce((a, b) => Math.max(a, b), 0);
  return thresholds.filter((threshold) => threshold.value <= greatest * 2);
}

/** Index of the tick nearest to a moment, so that charts with different steps share one crosshair. */
export function nearestTick(ticks: readonly number[], atMs: number): number {
  const distances = ticks.map((tick) => Math.abs(tick - atMs));
  return distances.indexOf(distances.reduce((a, b) => Math.min(a, b), Infinity));
}

/** The clock time of an axis tick, its date at midnight or where ticks are days apart. */
export function tickLabel(atMs: number, ticks: readonly number[], zone: string): string {
  const stepMs = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const clock = formatTime(atMs, stepMs > 0 && stepMs < 60_000 ? "clockSeconds" : "clock", zone);
  return stepMs >= 82_800_000 || clock === "00:00" ? formatTime(atMs, "day", zone) : clock;
}

function pointsOf(data: SeriesData): number {
  return data.series.reduce((most, series) => Math.max(most, series.values.length), 0);
}
