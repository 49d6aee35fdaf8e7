import { compareLabels, formatLabels, type Labels } from "../labels.ts";
import { LokiError, unsupported } from "../loki-error.ts";
import type { Grouping, MetricExpression } from "./metric-expression.ts";

/** Evaluation times: `startNs`, `startNs + stepNs`, … `count` of them. */
export interface Grid {
  startNs: bigint;
  stepNs: bigint;
  count: number;
}

/** One line of a result: a value per grid time, null where there is none. */
export interface MetricSeries {
  labels: Labels;
  values: (number | null)[];
}

/** A scalar is the same at every time; the rest are series. */
export type MetricResult = { kind: "scalar"; value: number } | { kind: "series"; series: MetricSeries[] };

type RangeExpression = Extract<MetricExpression, { kind: "range" }>;
/** Reads the samples of a range aggregation; `grouping` may be applied while reading. */
export type ReadRange = (expression: RangeExpression, grouping: Grouping | null) => Promise<MetricSeries[]>;

/** Evaluates an expression over a grid. Series come in the order of their labels. */
export async function evaluate(
  expression: MetricExpression,
  grid: Grid,
  read: ReadRange,
): Promise<MetricResult> {
  switch (expression.kind) {
    case "scalar":
      return expression;
    case "vector":
      return seriesOf([{ labels: new Map(), values: Array(grid.count).fill(expression.value) }]);
    case "range":
      return seriesOf(await read(expression, null));
    case "aggregate":
      return seriesOf(await aggregate(expression, grid, read));
    case "binary": {
      const left = await evaluate(expression.left, grid, read);
      const right = await evaluate(expression.right, grid, read);
      return combine(expression.operator, left, right);
    }
  }
}

function seriesOf(series: MetricSeries[]): MetricResult {
  const present = series.filter(({ values }) => values.some((value) => value !== null));
  return { kind: "series", series: present.sort((a, b) => compareLabels(a.labels, b.labels)) };
}

async function aggregate(
  expression: Extract<MetricExpression, { kind: "aggregate" }>,
  grid: Grid,
  read: ReadRange,
): Promise<MetricSeries[]> {
  const { operation, grouping, inner } = expression;
  if (operation === "sum" && inner.kind === "range") return read(inner, grouping);
  const result = await evaluate(inner, grid, read);
  if (result.kind === "scalar") throw new LokiError(400, `parse error : ${operation} needs a vector`);
  const groups = Map.groupBy(result.series, ({ labels }) => formatLabels(groupLabels(labels, grouping)));
  return [...groups.values()].flatMap((members) => {
    if (operation === "topk") return topk(members, expression.k);
    const labels = groupLabels(members[0]?.labels ?? new Map(), grouping);
    return [{ labels, values: columns(members, grid.count).map((column) => reduce(operation, column)) }];
  });
}

/** The labels that `by` keeps or `without` leaves. */
export function groupLabels(labels: Labels, { mode, labels: names }: Grouping): Labels {
  return new Map([...labels].filter(([name]) => names.includes(name) === (mode === "by")));
}

function columns(members: MetricSeries[], count: number): number[][] {
  return Array.from({ length: count }, (_, i) =>
    members.map(({ values }) => values[i] ?? null).filter((value) => value !== null),
  );
}

function reduce(operation: "sum" | "avg" | "min" | "max" | "count", column: number[]): number | null {
  if (column.length === 0) return null;
  const sum = () => column.reduce((a, b) => a + b, 0);
  switch (operation) {
    case "sum":
      return sum();
    case "avg":
      return sum() / column.length;
    case "min":
      return Math.min(...column);
    case "max":
      return Math.max(...column);
    case "count":
      return column.length;
  }
}

function topk(members: MetricSeries[], k: number): MetricSeries[] {
  const kept = members.map(({ labels, values }) => ({
    labels,
    values: values.map(() => null as number | null),
  }));
  for (let i = 0; i < (members[0]?.values.length ?? 0); i++) {
    const ranked = members
      .map(({ values }, member) => ({ member, value: values[i] ?? null }))
      .filter((entry): entry is { member: number; value: number } => entry.value !== null)
      .sort((a, b) => b.value - a.value);
    for (const { member, value } of ranked.slice(0, k)) {
      const target = kept[member];
      if (target) target.values[i] = value;
    }
  }
  return kept;
}

type Compute = (a: number, b: number) => number;
const ARITHMETIC: Record<string, Compute> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  // LogQL divides by zero to NaN, where PromQL answers an infinity.
  "/": (a, b) => (b === 0 ? Number.NaN : a / b),
};
const COMPARISON: Record<string, (a: number, b: number) => boolean> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
};

function combine(operator: string, left: MetricResult, right: MetricResult): MetricResult {
  const compute = ARITHMETIC[operator];
  if (!compute) return compare(operator, left, right);
  if (left.kind === "scalar" && right.kind === "scalar") {
    return { kind: "scalar", value: compute(left.value, right.value) };
  }
  if (left.kind === "scalar") return mapSeries(right, (value) => compute(left.value, value));
  if (right.kind === "scalar") return mapSeries(left, (value) => compute(value, right.value));
  const others = new Map(right.series.map((series) => [formatLabels(series.labels), series]));
  return seriesOf(
    left.series.flatMap(({ labels, values }) => {
      const other = others.get(formatLabels(labels));
      if (!other) return [];
      return [{ labels, values: values.map((value, i) => both(value, other.values[i] ?? null, compute)) }];
    }),
  );
}

function both(a: number | null, b: number | null, compute: Compute): number | null {
  return a === null || b === null ? null : compute(a, b);
}

/** A comparison filters: the values for which it holds stay, as in `rate(…) > 5`. */
function compare(operator: string, left: MetricResult, right: MetricResult): MetricResult {
  const holds = COMPARISON[operator];
  if (!holds || left.kind === right.kind)
    throw unsupported(`${operator} other than with a number on one side`);
  if (left.kind === "scalar") return mapSeries(right, (value) => (holds(left.value, value) ? value : null));
  const limit = right.kind === "scalar" ? right.value : Number.NaN;
  return mapSeries(left, (value) => (holds(value, limit) ? value : null));
}

function mapSeries(result: MetricResult, change: (value: number) => number | null): MetricResult {
  if (result.kind === "scalar") return result;
  return seriesOf(
    result.series.map(({ labels, values }) => ({
      labels,
      values: values.map((value) => (value === null ? null : change(value))),
    })),
  );
}
