/** Figures of a line over the drawn range; null where there is no number. */
export interface SeriesStats {
  last: number | null;
  min: number | null;
  max: number | null;
  mean: number | null;
}

/** The newest slots may still be empty; a line silent for longer than these has no last value. */
const LATE_SLOTS = 3;

/** Last, least, greatest and arithmetic mean of a line's values; gaps do not count. */
export function seriesStats(values: readonly (number | null)[]): SeriesStats {
  let [count, sum, min, max] = [0, 0, Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    count += 1;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return { last: null, min: null, max: null, mean: null };
  const last = values.slice(-LATE_SLOTS).findLast((value) => value !== null) ?? null;
  return { last, min, max, mean: sum / count };
}
