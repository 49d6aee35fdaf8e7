import "server-only";
import type { Grid } from "../grid.ts";
import type { Told } from "../told.ts";
import type { InstantSample, RangeSeries } from "../types.ts";
import type { RangeResult } from "./schema.ts";

/** A sample's text as a number; NaN and ±Inf are gaps. */
export function parseValue(text: string): number | null {
  const value = Number(text);
  return text !== "" && Number.isFinite(value) ? value : null;
}

interface VectorElement {
  metric: Record<string, string>;
  value?: [number, string] | undefined;
}

/** Samples of a vector; native histograms have no single value and are left out with a warning. */
export function readVector(elements: readonly VectorElement[]): Told<InstantSample[]> {
  const data = elements.flatMap(({ metric, value }) =>
    value === undefined ? [] : [{ labels: metric, timestampSeconds: value[0], value: parseValue(value[1]) }],
  );
  return withLeftOut(data, elements.length - data.length, 0);
}

/** Series on their grid; points that are native histograms or lie off the grid become gaps, with a warning. */
export function readMatrix(result: RangeResult["result"], grid: Grid): Told<RangeSeries[]> {
  let offGrid = 0;
  const data = result.flatMap(({ metric, values, histograms }) => {
    if (values.length === 0 && histograms.length > 0) return [];
    const line = new Array<number | null>(grid.points).fill(null);
    for (const [timestampSeconds, text] of values) {
      const index = (timestampSeconds - grid.startSeconds) / grid.stepSeconds;
      if (Number.isInteger(index) && index >= 0 && index < grid.points) line[index] = parseValue(text);
      else offGrid += 1;
    }
    return [{ labels: metric, values: line }];
  });
  const withHistograms = result.filter((series) => series.histograms.length > 0).length;
  return withLeftOut(data, withHistograms, offGrid);
}

function withLeftOut<T>(data: T, histograms: number, offGrid: number): Told<T> {
  const warnings: string[] = [];
  if (histograms > 0) warnings.push(`${histograms} series hold native histograms, which were left out`);
  if (offGrid > 0) warnings.push(`${offGrid} points lie off the asked grid and were left out`);
  return { data, warnings, partial: warnings.length > 0 };
}
