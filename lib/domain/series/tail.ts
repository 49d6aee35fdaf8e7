interface Line {
  name: string;
  labels: Record<string, string>;
  values: (number | null)[];
}

/** Lines on one grid with all that is drawn of them. */
interface Chart {
  startSeconds: number;
  stepSeconds: number;
  unit: string;
  series: Line[];
  thresholds: { label: string; value: number; level: string }[];
}

/** What has to be laid over an older chart to make it the newer one: the new start, and each line's values behind `keep`. */
export interface ChartTail {
  startSeconds: number;
  /** So many points of the older chart stay, from the new start on. */
  keep: number;
  values: (number | null)[][];
}

/** More than this share of a chart is no tail any more: the whole of it says the same in fewer words. */
const MOST = 0.5;

/** How many points of the older chart lie before the newer one's start; null where the two share no grid. */
function shiftOf(older: Pick<Chart, "startSeconds" | "stepSeconds">, startSeconds: number): number | null {
  const shift = (startSeconds - older.startSeconds) / older.stepSeconds;
  return Number.isInteger(shift) && shift >= 0 ? shift : null;
}

/** Everything of a chart but its points. */
function frameOf({ stepSeconds, unit, series, thresholds }: Chart): string {
  return JSON.stringify([stepSeconds, unit, thresholds, series.map(({ name, labels }) => [name, labels])]);
}

/** The points behind the last one that both charts agree on; null where the whole newer chart has to be told. */
export function tailOf(older: Chart, newer: Chart): ChartTail | null {
  const shift = shiftOf(older, newer.startSeconds);
  const points = newer.series[0]?.values.length ?? 0;
  if (shift === null || points === 0 || frameOf(older) !== frameOf(newer)) return null;
  const keep = newer.series.reduce((least, { values }, nth) => {
    const before = older.series[nth]?.values ?? [];
    const differs = values.findIndex((value, i) => value !== before[i + shift]);
    return differs < 0 ? least : Math.min(least, differs);
  }, points);
  if (points - keep > points * MOST) return null;
  return {
    startSeconds: newer.startSeconds,
    keep,
    values: newer.series.map(({ values }) => values.slice(keep)),
  };
}

/** The newer chart out of the older one and its tail. @throws RangeError when the tail is of another chart */
export function withTail<C extends Chart>(older: C, { startSeconds, keep, values }: ChartTail): C {
  const shift = shiftOf(older, startSeconds);
  if (shift === null || values.length !== older.series.length)
    throw new RangeError("the tail belongs to another chart");
  const series = older.series.map((line, nth) => ({
    ...line,
    values: [...line.values.slice(shift, shift + keep), ...(values[nth] ?? [])],
  }));
  return { ...older, startSeconds, series };
}
