import "server-only";
import type { SyntaxNode } from "@lezer/common";
import { type Edit, type Expression, writeNode } from "./expression.ts";

/** What may stand around rates so that the whole is so many times as large when they are. */
const LINEAR = new Set([
  ...[
    "PromQL",
    "AggregateExpr",
    "AggregateOp",
    "Sum",
    "AggregateModifier",
    "By",
    "Without",
    "GroupingLabels",
  ],
  ...["LabelName", "FunctionCallBody", "FunctionCall", "FunctionIdentifier", "Rate", "Increase", "Vector"],
  ...["BinaryExpr", "Add", "Sub", "Or", "MatchingModifierClause", "On", "Ignoring", "ParenExpr"],
]);
/** Never looked into: they hold no arithmetic. */
const LEAVES = new Set(["MatrixSelector"]);

function isLinear(expression: Expression, node: SyntaxNode): boolean {
  if (LEAVES.has(node.name)) return true;
  if (node.name === "NumberDurationLiteral") return Number(expression.text.slice(node.from, node.to)) === 0;
  if (!LINEAR.has(node.name)) return false;
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (!isLinear(expression, child)) return false;
  return true;
}

function nodesOf(node: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((inner) => {
    if (inner.name === name) found.push(inner.node);
  });
  return found;
}

/** Rates made increases: a ledger keeps events, not events a second. */
function countEdits(expression: Expression, node: SyntaxNode): Edit[] {
  if (!isLinear(expression, node)) return [];
  return nodesOf(node, "Rate").map(({ from, to }) => ({ from, to, insert: "increase" }));
}

/** Where every range is the same fixed one, it was meant as the window to look at. */
function windowEdits({ text }: Expression, node: SyntaxNode): Edit[] {
  const ranges = nodesOf(node, "MatrixSelector").map((matrix) => matrix.lastChild!);
  const lengths = new Set(ranges.map(({ from, to }) => text.slice(from, to)));
  return lengths.size === 1 ? ranges.map(({ from, to }) => ({ from, to, insert: "$window" })) : [];
}

/** An expression that counts events over `$window`, as a custom SLI wants it. */
export interface CustomCount {
  expression: string;
  /** It gives events a second where it should give events; their share is right all the same. */
  isRate: boolean;
}

/** A part of an expression as a count of a custom SLI. */
export function customCount(expression: Expression, node: SyntaxNode = expression.root): CustomCount {
  const counts = countEdits(expression, node);
  const edits = [...counts, ...windowEdits(expression, node)].sort((a, b) => a.from - b.from);
  const isRate = counts.length === 0 && nodesOf(node, "Rate").length > 0;
  return { expression: writeNode(expression, node, edits), isRate };
}
