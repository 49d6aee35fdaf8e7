import "server-only";
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { unquote } from "#lib/domain/logql/string-literal.ts";

const UNIT_SECONDS: Record<string, number> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** A number or a duration: "60m", "1h" and "3600" are the same. */
function quantity(text: string): string {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  const isDuration = parts.length > 0 && parts.map(([part]) => part).join("") === text;
  if (!isDuration) return String(/^inf$/i.test(text) ? Infinity : Number(text));
  return String(
    parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_SECONDS[unit ?? ""] ?? NaN), 0),
  );
}

/** A string by what it says, however it is quoted. */
function stringValue(literal: string): string {
  const inner = literal.slice(1, -1);
  const double = literal.startsWith("'")
    ? `"${inner.replaceAll("\\'", "'").replaceAll('"', '\\"')}"`
    : literal;
  return JSON.stringify(unquote(double) ?? literal);
}

function leaf(node: SyntaxNode, text: string): string {
  switch (node.name) {
    case "StringLiteral":
      return stringValue(text);
    case "NumberDurationLiteral":
    case "NumberDurationLiteralInDurationContext":
      return quantity(text);
    case "Identifier":
    case "LabelName":
      return text;
    case "GroupingLabels":
    case "FunctionCallBody":
      return "()";
    default:
      return text.toLowerCase();
  }
}

function write(node: SyntaxNode, expr: string): string {
  if (!node.firstChild) return leaf(node, expr.slice(node.from, node.to));
  const children: string[] = [];
  for (let child: SyntaxNode | null = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== "LineComment") children.push(write(child, expr));
  }
  // Which matcher comes first makes no difference.
  if (node.name === "LabelMatchers") children.sort();
  return `(${node.name} ${children.join(" ")})`;
}

/**
 * A PromQL expression by its meaning: two that differ in spaces, quotes, the order of matchers or the way numbers and
 * durations are written have the same. Not for people, nor for a source.
 */
export function canonicalPromql(expr: string): string {
  return write(parser.parse(expr).topNode, expr);
}

/** Whether two expressions say the same; those that read the same are not even parsed. */
export function samePromql(a: string, b: string): boolean {
  return a === b || canonicalPromql(a) === canonicalPromql(b);
}
