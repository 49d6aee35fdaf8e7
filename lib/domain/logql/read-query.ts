import type { SyntaxNode } from "@lezer/common";
import { parser } from "@grafana/lezer-logql";
import { unquote } from "./string-literal.ts";

/** A comparison of a label, with its place in the query. */
export interface Comparison {
  label: string;
  operator: string;
  value: string;
  from: number;
  to: number;
}

/** A line filter such as `|= "text"`, with its place; `value` is null where it has several or is no plain text. */
export interface LineFilter {
  operator: string;
  value: string | null;
  from: number;
  to: number;
}

/** A stage such as `| json` or `| level="x"`; `comparison` where it is a single one. */
export interface Stage {
  kind: "lines" | "json" | "logfmt" | "filter" | "other";
  comparison: Comparison | null;
  from: number;
  to: number;
}

/** A log query taken apart as far as pickers and filters need it; places are offsets into its text. */
export interface LogQuery {
  text: string;
  selector: { from: number; to: number };
  matchers: Comparison[];
  lineFilters: LineFilter[];
  stages: Stage[];
  /** Where another stage would go: behind the last one, before a comment. */
  end: number;
}

const strict = parser.configure({ strict: true });

/** Reads a LogQL query that answers lines; null for one that cannot be parsed or answers numbers. */
export function readLogQuery(text: string): LogQuery | null {
  const log = logExpression(text);
  const selector = log?.getChild("Selector");
  if (!log || !selector) return null;
  const query: LogQuery = {
    text,
    selector: { from: selector.from, to: selector.to },
    matchers: [],
    lineFilters: [],
    stages: [],
    end: log.to,
  };
  selector.cursor().iterate(({ name, node }) => {
    if (name === "Matcher") query.matchers.push(comparisonOf(text, node));
  });
  log.cursor().iterate(({ name, node }) => {
    if (name === "PipelineStage") query.stages.push(stageOf(text, node));
    if (name === "LineFilter") query.lineFilters.push(lineFilterOf(text, node));
  });
  return query;
}

/** Whether a LogQL query certainly answers numbers; false for one that cannot be parsed. */
export function answersNumbers(text: string): boolean {
  return expression(text)?.getChild("MetricExpr") != null;
}

function logExpression(text: string): SyntaxNode | null {
  return expression(text)?.getChild("LogExpr") ?? null;
}

function expression(text: string): SyntaxNode | null {
  try {
    return strict.parse(text).topNode.getChild("Expr");
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function comparisonOf(text: string, node: SyntaxNode): Comparison {
  const label = node.getChild("Identifier");
  const value = node.getChild("String");
  const written = (part: SyntaxNode | null) => (part ? text.slice(part.from, part.to) : "");
  const operator = label && value ? text.slice(label.to, value.from).trim() : "";
  return {
    label: written(label),
    operator,
    value: unquote(written(value)) ?? "",
    from: node.from,
    to: node.to,
  };
}

function lineFilterOf(text: string, node: SyntaxNode): LineFilter {
  const filter = node.getChild("Filter");
  const value = node.getChild("String");
  const plain = value && !node.getChild("Or") ? unquote(text.slice(value.from, value.to)) : null;
  const operator = filter ? text.slice(filter.from, filter.to).trim() : "";
  return { operator, value: plain, from: node.from, to: node.to };
}

function stageOf(text: string, node: SyntaxNode): Stage {
  const place = { from: node.from, to: node.to };
  if (node.getChild("LineFilters")) return { kind: "lines", comparison: null, ...place };
  const parsed = node.getChild("LabelParser");
  if (parsed?.getChild("Json")) return { kind: "json", comparison: null, ...place };
  if (parsed?.getChild("Logfmt") ?? node.getChild("LogfmtParser"))
    return { kind: "logfmt", comparison: null, ...place };
  const filter = node.getChild("LabelFilter");
  const single = filter?.getChild("Matcher");
  const comparison = single ? comparisonOf(text, single) : null;
  return { kind: filter ? "filter" : "other", comparison, ...place };
}
