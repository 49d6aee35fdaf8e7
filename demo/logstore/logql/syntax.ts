import { parser } from "@grafana/lezer-logql";
import type { SyntaxNode } from "@lezer/common";
import { unquote } from "#lib/domain/logql/string-literal.ts";
import { LokiError, unsupported } from "../loki-error.ts";

const MAX_QUERY_LENGTH = 5_120;
export const NEEDS_A_MATCHER =
  "parse error : queries require at least one regexp or equality matcher that does not have an " +
  'empty-compatible value. For instance, app=~".*" does not meet this requirement, but app=~".+" will';

/** A node of the syntax tree together with the query it was read from. */
export interface Syntax {
  node: SyntaxNode;
  query: string;
}

/** Parses a query; a syntax error is Loki's 400 with line and column. */
export function parseLogql(query: string): Syntax {
  if (query.trim() === "") throw new LokiError(400, "parse error : syntax error: unexpected $end");
  if (/^\s*\{\s*\}/.test(query)) throw new LokiError(400, NEEDS_A_MATCHER);
  if (query.length > MAX_QUERY_LENGTH) throw unsupported(`queries over ${MAX_QUERY_LENGTH} characters`);
  const tree = parser.parse(query);
  let error: SyntaxNode | null = null;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) error ??= node.node;
      return error === null;
    },
  });
  if (error) throw syntaxError(query, error);
  const root: Syntax = { node: tree.topNode, query };
  return unwrap(only(root, "Expr"));
}

function syntaxError(query: string, node: SyntaxNode): LokiError {
  const gap = /^\s*/.exec(query.slice(node.from))?.[0].length ?? 0;
  const at = node.from + gap;
  const before = query.slice(0, at).split("\n");
  const column = (before.at(-1) ?? "").length + 1;
  const where = `line ${before.length}, col ${column}`;
  const found = `unexpected ${tokenName(query, at)}${expected(node)}`;
  return new LokiError(400, `parse error at ${where}: syntax error: ${found}`);
}

/** Loki's list of what could stand here, for the two places where it is short. */
function expected(node: SyntaxNode): string {
  const parent = node.parent?.name;
  if (parent === "Matcher" && node.prevSibling?.name !== "Identifier") return ", expecting STRING";
  return parent === "Selector" && node.prevSibling ? ", expecting } or ," : "";
}

function tokenName(query: string, at: number): string {
  const rest = query.slice(at);
  if (rest === "") return "$end";
  if (/^["`]/.test(rest)) return "STRING";
  if (/^\d/.test(rest)) return "NUMBER";
  return /^[a-zA-Z_]/.test(rest) ? "IDENTIFIER" : (rest[0] ?? "");
}

/** Removes parentheses and the grammar's single-child wrappers around an expression. */
export function unwrap(syntax: Syntax): Syntax {
  const [first, second] = children(syntax);
  const wrappers = ["Expr", "MetricExpr"];
  const same = syntax.node.name === "LogExpr" && first?.node.name === "LogExpr";
  const inner = wrappers.includes(syntax.node.name) || same;
  return inner && first && !second ? unwrap(first) : syntax;
}

export function children(syntax: Syntax): Syntax[] {
  const found: Syntax[] = [];
  for (let node = syntax.node.firstChild; node; node = node.nextSibling) {
    if (node.name !== "LineComment") found.push({ node, query: syntax.query });
  }
  return found;
}

export function child(syntax: Syntax, name: string): Syntax | undefined {
  return children(syntax).find(({ node }) => node.name === name);
}

/** The child of that name, which the grammar says must be there. */
export function only(syntax: Syntax, name: string): Syntax {
  const found = child(syntax, name);
  if (!found) throw unsupported(text(syntax));
  return found;
}

export function text({ node, query }: Syntax): string {
  return query.slice(node.from, node.to);
}

/** The value of the `String` child. */
export function stringOf(syntax: Syntax): string {
  const literal = text(only(syntax, "String"));
  const value = unquote(literal);
  if (value === null) throw unsupported(`the string ${literal}`);
  return value;
}
