import "server-only";
import type { SyntaxNode } from "@lezer/common";
import { LabelMatcher } from "#lib/contracts/access.ts";
import type { Selection } from "#lib/domain/slo/definition/sli.ts";
import { argumentsOf, bare, childrenOf, type Expression, sidesOf } from "./expression.ts";
import { readStringLiteral } from "./string-literal.ts";

const OPERATOR_OF_NODE: Readonly<Record<string, LabelMatcher["operator"]>> = {
  EqlSingle: "=",
  Neq: "!=",
  EqlRegex: "=~",
  NeqRegex: "!~",
};
const NAME_LABEL = "__name__";

/** Counters chosen by one selector, and how their sum is split. */
export interface Counting {
  selection: Selection;
  by: string[];
}

function matcherOf({ text }: Expression, node: SyntaxNode): LabelMatcher | null {
  const [label, operator, value] = childrenOf(node);
  const sign = OPERATOR_OF_NODE[operator?.firstChild?.name ?? ""];
  if (node.name !== "UnquotedLabelMatcher" || !label || !value || !sign) return null;
  const read = {
    label: text.slice(label.from, label.to),
    operator: sign,
    value: readStringLiteral(text.slice(value.from, value.to)),
  };
  // What a definition cannot keep as it is, an empty value for one, stays in the words of a custom query.
  return LabelMatcher.safeParse(read).data?.value === read.value ? read : null;
}

/** What a vector selector selects; null where a metric has no single name. */
export function selectionOf(expression: Expression, node: SyntaxNode): Selection | null {
  const vector = bare(node);
  if (vector.name !== "VectorSelector") return null;
  const name = vector.getChild("Identifier");
  const braces = vector.getChild("LabelMatchers");
  const matchers: LabelMatcher[] = [];
  for (const child of braces ? childrenOf(braces) : []) {
    const matcher = matcherOf(expression, child);
    if (matcher === null) return null;
    matchers.push(matcher);
  }
  if (name) return { metric: expression.text.slice(name.from, name.to), matchers };
  const named = matchers.find(({ label, operator }) => label === NAME_LABEL && operator === "=");
  const others = matchers.filter(({ label }) => label !== NAME_LABEL);
  return named && others.length === matchers.length - 1 ? { metric: named.value, matchers: others } : null;
}

/** The labels of `by (…)`; null for `without`. */
function groupingOf({ text }: Expression, modifier: SyntaxNode | undefined): string[] | null {
  if (modifier === undefined) return [];
  if (modifier.firstChild?.name !== "By") return null;
  const labels = modifier.getChild("GroupingLabels");
  return labels ? childrenOf(labels).map(({ from, to }) => text.slice(from, to)) : null;
}

/** A node without the zero that stands in where there is no series: `… or vector(0)`, `… or on() vector(0)`. */
export function withoutZero(expression: Expression, node: SyntaxNode): SyntaxNode {
  const inner = bare(node);
  const parts = childrenOf(inner);
  const [left, sign] = parts;
  const right = parts.at(-1);
  if (inner.name !== "BinaryExpr" || sign?.name !== "Or" || !left || !right) return inner;
  const zero = argumentsOf(right, ["Vector"])?.[0];
  const isZero = zero !== undefined && Number(expression.text.slice(zero.from, zero.to)) === 0;
  return isZero ? withoutZero(expression, left) : inner;
}

/** The selector below `rate(…[w])` or `increase(…[w])`, or the node itself where nothing counts yet. */
function counted(node: SyntaxNode): SyntaxNode | null {
  const range = argumentsOf(node, ["Rate", "Increase"])?.[0];
  if (range === undefined) return node;
  const matrix = bare(range);
  return matrix.name === "MatrixSelector" ? matrix.firstChild : null;
}

/**
 * What an expression counts, where it is no more than `sum by (…) (rate(selector[w]))`: the sum, the rate or increase and the
 * zero for missing series may each be left out. Null for anything else, such as an offset or a filter.
 */
export function countingOf(expression: Expression, node: SyntaxNode = expression.root): Counting | null {
  const whole = withoutZero(expression, node);
  const parts = childrenOf(whole);
  const isSum = whole.name === "AggregateExpr" && parts[0]?.firstChild?.name === "Sum";
  const by = isSum
    ? groupingOf(
        expression,
        parts.find(({ name }) => name === "AggregateModifier"),
      )
    : [];
  const body = isSum ? parts.find(({ name }) => name === "FunctionCallBody")?.firstChild : whole;
  const vector = body ? counted(withoutZero(expression, body)) : null;
  const selection = vector ? selectionOf(expression, vector) : null;
  return selection && by ? { selection, by } : null;
}

/** The two countings of `total - part`; null for anything else. */
export function differenceOf(expression: Expression): { of: Counting; part: Counting } | null {
  const sides = sidesOf(withoutZero(expression, expression.root), "Sub");
  const of = sides && countingOf(expression, sides[0]);
  const part = sides && countingOf(expression, sides[1]);
  return of && part ? { of, part } : null;
}
