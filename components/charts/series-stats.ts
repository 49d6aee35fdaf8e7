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
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return { last: null, min: null, max: null, mean: null };
  return {
    last: values.slice(-LATE_SLOTS).findLast((value) => value !== null) ?? null,
    min: present.reduce((a, b) => Math.min(a, b)),
    max: present.reduce((a, b) => Math.max(a, b)),
    mean: present.reduce((a, b) => a + b, 0) / present.length,
  };
}
