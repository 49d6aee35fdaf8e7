import { unsupported } from "../loki-error.ts";
import { parseDurationNs, parseNumber } from "../units.ts";
import { compilePipeline } from "./pipeline.ts";
import type { Stage } from "./row.ts";
import { compileSelector, type Selector } from "./selector.ts";
import { child, children, only, text, unwrap, type Syntax } from "./syntax.ts";

/** A selector and its pipeline: what a log query is, and what every range aggregation starts from. */
export interface LogExpression {
  selector: Selector;
  stages: Stage[];
}

export interface Grouping {
  mode: "by" | "without";
  labels: readonly string[];
}

const RANGE_OPERATIONS = ["rate", "count_over_time", "bytes_over_time", "bytes_rate"] as const;
type RangeOperation = (typeof RANGE_OPERATIONS)[number];
const AGGREGATIONS = ["sum", "avg", "min", "max", "count", "topk"] as const;
type Aggregation = (typeof AGGREGATIONS)[number];
const OPERATORS = ["+", "-", "*", "/", "==", "!=", ">", ">=", "<", "<="] as const;
type Operator = (typeof OPERATORS)[number];

export type MetricExpression =
  | { kind: "scalar"; value: number }
  | { kind: "vector"; value: number }
  | { kind: "range"; operation: RangeOperation; logs: LogExpression; windowNs: bigint }
  | { kind: "aggregate"; operation: Aggregation; k: number; grouping: Grouping; inner: MetricExpression }
  | { kind: "binary"; operator: Operator; left: MetricExpression; right: MetricExpression };

/** Reads a `LogExpr`. */
export function compileLogExpression(expression: Syntax): LogExpression {
  return {
    selector: compileSelector(only(expression, "Selector")),
    stages: compilePipeline(child(expression, "PipelineExpr")),
  };
}

/** Reads a metric query of the subset; anything else is refused by its own text. */
export function compileMetric(wrapped: Syntax): MetricExpression {
  const expression = unwrap(wrapped);
  switch (expression.node.name) {
    case "LiteralExpr":
      return { kind: "scalar", value: literal(expression) };
    case "VectorExpr":
      return { kind: "vector", value: literal(expression) };
    case "RangeAggregationExpr":
      return rangeAggregation(expression);
    case "VectorAggregationExpr":
      return vectorAggregation(expression);
    case "BinOpExpr":
      return binary(expression);
    default:
      throw unsupported(text(expression));
  }
}

function literal(expression: Syntax): number {
  const number = parseNumber(text(only(expression, "Number")));
  if (number === null) throw unsupported(text(expression));
  return child(expression, "Sub") ? -number : number;
}

/** The word as one of a list the store knows. */
function known<T extends string>(words: readonly T[], word: string): T {
  const found = words.find((candidate) => candidate === word);
  if (found === undefined) throw unsupported(word);
  return found;
}

function refuseOthers(expression: Syntax, allowed: readonly string[]): void {
  const other = children(expression).find(({ node }) => !allowed.includes(node.name));
  if (other) throw unsupported(text(other));
}

function rangeAggregation(expression: Syntax): MetricExpression {
  const operation = known(RANGE_OPERATIONS, text(only(expression, "RangeOp")));
  refuseOthers(expression, ["RangeOp", "LogRangeExpr"]);
  const range = unwrapRange(only(expression, "LogRangeExpr"));
  refuseOthers(range, ["Selector", "PipelineExpr", "Range"]);
  const duration = text(only(only(range, "Range"), "Duration"));
  const windowNs = parseDurationNs(duration);
  if (windowNs === null || windowNs <= 0) throw unsupported(`the range [${duration}]`);
  return {
    kind: "range",
    operation,
    logs: compileLogExpression(range),
    windowNs: BigInt(windowNs),
  };
}

function unwrapRange(range: Syntax): Syntax {
  const [first, second] = children(range);
  return first?.node.name === "LogRangeExpr" && !second ? unwrapRange(first) : range;
}

function vectorAggregation(expression: Syntax): MetricExpression {
  const operation = known(AGGREGATIONS, text(only(expression, "VectorOp")));
  const inner = children(expression).find(({ node }) => node.name === "MetricExpr");
  const count = child(expression, "Number");
  if (!inner || (operation === "topk") !== (count !== undefined)) throw unsupported(text(expression));
  const k = count ? Number(text(count)) : 0;
  if (operation === "topk" && !(Number.isInteger(k) && k > 0))
    throw unsupported(`topk of ${text(expression)}`);
  return { kind: "aggregate", operation, k, grouping: grouping(expression), inner: compileMetric(inner) };
}

function grouping(expression: Syntax): Grouping {
  const found = child(expression, "Grouping");
  if (!found) return { mode: "by", labels: [] };
  return { mode: child(found, "Without") ? "without" : "by", labels: identifiers(found) };
}

function identifiers(syntax: Syntax): string[] {
  return children(syntax).flatMap((part) =>
    part.node.name === "Identifier" ? [text(part)] : identifiers(part),
  );
}

/** The grammar's tree ignores precedence, so a chain must say its order with parentheses. */
function binary(expression: Syntax): MetricExpression {
  const [left, operator, modifier, right] = children(expression);
  if (!left || !operator || !modifier || !right) throw unsupported(text(expression));
  if (text(modifier) !== "") throw unsupported(text(modifier));
  for (const operand of [left, right]) {
    const inner = unwrap(operand);
    const parenthesised = inner.node.from > operand.node.from;
    if (inner.node.name === "BinOpExpr" && !parenthesised)
      throw unsupported("several operators in a row without parentheses");
  }
  return {
    kind: "binary",
    operator: known(OPERATORS, text(operator)),
    left: compileMetric(left),
    right: compileMetric(right),
  };
}
