import "server-only";
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";

/** Ways to say "over the window asked for", within brackets: Sloth's template, Grafana's variables, ours. */
const PLACEHOLDER =
  /(\[\s*)(?:\{\{-?\s*\.window\s*-?\}\}|\$\{?(?:window|__rate_interval|__interval|__range)\b\}?)(?=\s*[\]:])/g;
/** A duration that nobody writes, so that the grammar takes the placeholder. */
const STAND_IN = "7919d";
const WINDOW = "$window";
const MAX_LENGTH = 8_000;

const strict = parser.configure({ strict: true });

/** A PromQL expression with its syntax tree; windows left open are written as {@link STAND_IN} in `text`. */
export interface Expression {
  text: string;
  root: SyntaxNode;
}

/** A replacement within an expression's text. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** The query as an expression, or null where it is no PromQL. */
export function parseExpression(query: string): Expression | null {
  const text = query.replace(PLACEHOLDER, `$1${STAND_IN}`).trim();
  if (text === "" || text.length > MAX_LENGTH) return null;
  try {
    const root = strict.parse(text).topNode.firstChild;
    return root ? { text, root } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The text of a part of an expression, open windows written as `$window`. */
export function writeNode(
  { text }: Expression,
  { from, to }: SyntaxNode,
  edits: readonly Edit[] = [],
): string {
  let out = "";
  let end = from;
  for (const edit of edits) {
    out += text.slice(end, edit.from) + edit.insert;
    end = edit.to;
  }
  return (out + text.slice(end, to)).replaceAll(STAND_IN, WINDOW);
}

/** The children of a node, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

/** The node within any parentheses. */
export function bare(node: SyntaxNode): SyntaxNode {
  return node.name === "ParenExpr" && node.firstChild ? bare(node.firstChild) : node;
}

/** The two sides of `a <operator> b`, without vector matching; null for anything else. */
export function sidesOf(node: SyntaxNode, operator: string): [SyntaxNode, SyntaxNode] | null {
  const [left, sign, right, ...more] = childrenOf(bare(node));
  if (bare(node).name !== "BinaryExpr" || sign?.name !== operator || more.length > 0) return null;
  return left && right ? [left, right] : null;
}

/** The arguments of a call such as `rate(…)`; null where it is no call of one of these functions. */
export function argumentsOf(node: SyntaxNode, functions: readonly string[]): SyntaxNode[] | null {
  const [identifier, body] = childrenOf(bare(node));
  if (bare(node).name !== "FunctionCall" || !identifier || !body) return null;
  return functions.includes(identifier.firstChild?.name ?? "") ? childrenOf(body) : null;
}
