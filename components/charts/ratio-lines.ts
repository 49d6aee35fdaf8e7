/** One line of a chart of ratios; null is a gap. */
export interface RatioLine {
  name: string;
  values: readonly (number | null)[];
  color: string;
  dashed?: boolean;
  /** Shaded down to 0. */
  filled?: boolean;
}

/** A moment with a name: a changed target, a deploy. */
export interface RatioMark {
  atMs: number;
  text: string;
  color: string;
}

/** A span that is shaded: what an exclusion leaves out. */
export interface RatioSpan {
  fromMs: number;
  toMs: number;
  text: string;
}

/** What a chart of ratios draws. */
export interface RatioDrawing {
  /** Times of the values, in order; they need not be evenly apart. */
  timesMs: readonly number[];
  lines: readonly RatioLine[];
  marks?: readonly RatioMark[];
  spans?: readonly RatioSpan[];
  /** A horizontal line with a name: the target. */
  limit?: { value: number; text: string };
  /** How values are written; a share near 100 % needs more digits than others. */
  write: (value: number | null) => string;
}

/** One moment of a chart: `values[i]` belongs to the i-th line. */
export interface RatioRow {
  atMs: number;
  values: (number | null)[];
}

/** Lines over the same times as rows. */
export function ratioRows(timesMs: readonly number[], lines: readonly RatioLine[]): RatioRow[] {
  return timesMs.map((atMs, at) => ({ atMs, values: lines.map(({ values }) => values[at] ?? null) }));
}

const STEPS = [1, 2, 2.5, 5, 10];

/** The smallest round step of at least `size`. */
function roundStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  return (STEPS.find((step) => step * power >= size * (1 - 1e-9)) ?? 10) * power;
}

/**
 * Axis values around what is drawn, in round steps: a share of good events moves within a thousandth, so the axis does
 * not begin at 0. `within` bounds it, such as 1 for what cannot pass 100 %.
 */
export function ratioTicks(values: readonly number[], within: { max: number }, count = 4): number[] {
  if (values.length === 0) return [0, within.max];
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = Math.min(
    within.max,
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  );
  const step = roundStep(Math.max((high - low) / count, Math.abs(high) * 1e-6, 1e-7));
  const top = Math.min(Math.floor(within.max / step + 1e-9), Math.ceil(high / step - 1e-9));
  const first = Math.min(Math.floor(low / step + 1e-9), top - 1);
  return Array.from({ length: top - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** Marks and spans that lie within what is drawn; spans are cut at its edges. */
export function withinTimes(
  { marks, spans }: { marks: readonly RatioMark[]; spans: readonly RatioSpan[] },
  fromMs: number,
  toMs: number,
): { marks: RatioMark[]; spans: RatioSpan[] } {
  return {
    marks: marks.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs),
    spans: spans
      .filter((span) => span.fromMs < toMs && span.toMs > fromMs)
      .map((span) => ({ ...span, fromMs: Math.max(fromMs, span.fromMs), toMs: Math.min(toMs, span.toMs) })),
  };
}
