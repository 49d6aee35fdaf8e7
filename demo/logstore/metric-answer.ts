import { formatLabels, sortLabels, type Labels } from "./labels.ts";
import { allLabels } from "./log-answer.ts";
import type { LogStore } from "./log-store.ts";
import { evaluate, groupLabels, type Grid, type MetricSeries, type ReadRange } from "./logql/evaluate.ts";
import type { Grouping, MetricExpression } from "./logql/metric-expression.ts";
import { labelOf } from "./logql/row.ts";
import { LokiError } from "./loki-error.ts";
import { scan, type Hit, type Patience } from "./scan.ts";
import { formatSample } from "./units.ts";

const MAX_SERIES = 500;

interface Sample {
  timestampNs: bigint;
  bytes: number;
}

/** Reads range aggregations from the store; a window is open on the left and closed on the right. */
function rangeReader(store: LogStore, grid: Grid, patience: Patience): ReadRange {
  return async ({ operation, logs, windowNs }, grouping) => {
    const lastNs = grid.startNs + grid.stepNs * BigInt(grid.count - 1);
    const span = { startNs: grid.startNs - windowNs + 1n, endNs: lastNs + 1n };
    const series = new Map<string, { labels: Labels; samples: Sample[] }>();
    for await (const hit of scan(store, logs, span, patience)) {
      refuseErrors(hit);
      const labels = labelsFor(hit, grouping);
      const key = formatLabels(labels);
      const known = series.get(key) ?? { labels, samples: [] };
      known.samples.push({ timestampNs: hit.timestampNs, bytes: Buffer.byteLength(hit.line) });
      series.set(key, known);
      if (series.size > MAX_SERIES) throw tooManySeries();
    }
    const perSecond = operation === "rate" || operation === "bytes_rate";
    const divisor = perSecond ? Number(windowNs) / 1e9 : 1;
    const weigh = operation.startsWith("bytes") ? ({ bytes }: Sample) => bytes : () => 1;
    return [...series.values()].map(({ labels, samples }) => ({
      labels,
      values: windowSums(samples, grid, windowNs, weigh).map((sum) => (sum === null ? null : sum / divisor)),
    }));
  };
}

/** A series' labels; for `by` only its few are looked up, since this runs for every line. */
function labelsFor(hit: Hit, grouping: Grouping | null): Labels {
  if (grouping?.mode !== "by") {
    const all = allLabels(hit);
    return grouping ? groupLabels(all, grouping) : all;
  }
  const found = grouping.labels.map((name): [string, string] => [name, labelOf(hit, name)]);
  return sortLabels(found.filter(([, value]) => value !== ""));
}

function refuseErrors(hit: Hit): void {
  const error = hit.parsed.get("__error__");
  if (error === undefined) return;
  const hint = `Use a label filter to intentionally skip this error. (e.g | __error__!="${error}").`;
  throw new LokiError(
    400,
    `pipeline error: '${error}' for series: '${formatLabels(allLabels(hit))}'.\n${hint}`,
  );
}

function tooManySeries(): LokiError {
  const hint =
    "consider reducing query cardinality by adding more specific stream selectors, reducing the time range, " +
    "or aggregating results with functions like sum(), count() or topk()";
  return new LokiError(400, `maximum number of series (${MAX_SERIES}) reached for a single query; ${hint}`);
}

function windowSums(
  samples: Sample[],
  grid: Grid,
  windowNs: bigint,
  weigh: (sample: Sample) => number,
): (number | null)[] {
  const sorted = samples.toSorted((a, b) => (a.timestampNs < b.timestampNs ? -1 : 1));
  let [from, to, sum] = [0, 0, 0];
  return Array.from({ length: grid.count }, (_, i) => {
    const atNs = grid.startNs + grid.stepNs * BigInt(i);
    for (let next = sorted[to]; next && next.timestampNs <= atNs; next = sorted[to]) {
      sum += weigh(next);
      to++;
    }
    for (let first = sorted[from]; first && first.timestampNs <= atNs - windowNs; first = sorted[from]) {
      sum -= weigh(first);
      from++;
    }
    return to > from ? sum : null;
  });
}

/** The `data` of an instant metric query. */
export async function answerInstant(
  store: LogStore,
  expression: MetricExpression,
  timeNs: bigint,
  patience: Patience,
): Promise<object> {
  const grid = { startNs: timeNs, stepNs: 1n, count: 1 };
  const result = await evaluate(expression, grid, rangeReader(store, grid, patience));
  const seconds = secondsOf(timeNs);
  if (result.kind === "scalar") {
    return { resultType: "scalar", result: [seconds, formatSample(result.value)] };
  }
  const vector = result.series.map(({ labels, values }) => ({
    metric: Object.fromEntries(labels),
    value: [seconds, formatSample(values[0] ?? Number.NaN)],
  }));
  return { resultType: "vector", result: vector };
}

/** The `data` of a metric query over a grid. */
export async function answerRange(
  store: LogStore,
  expression: MetricExpression,
  grid: Grid,
  patience: Patience,
): Promise<object> {
  const result = await evaluate(expression, grid, rangeReader(store, grid, patience));
  const series: MetricSeries[] =
    result.kind === "series"
      ? result.series
      : [{ labels: new Map(), values: Array(grid.count).fill(result.value) }];
  return {
    resultType: "matrix",
    result: series.map(({ labels, values }) => ({
      metric: Object.fromEntries(labels),
      values: values.flatMap((value, i) =>
        value === null ? [] : [[secondsOf(grid.startNs + grid.stepNs * BigInt(i)), formatSample(value)]],
      ),
    })),
  };
}

function secondsOf(ns: bigint): number {
  return Number(ns / 1_000_000n) / 1000;
}
