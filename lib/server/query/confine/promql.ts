import "server-only";
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { quote } from "#lib/domain/promql/quote.ts";
import { AppError } from "#lib/server/errors.ts";
import { canonical, type Grammar } from "./canonical.ts";
import { type Edit, edited } from "./edit.ts";

const PROMQL: Grammar = {
  parser,
  string: "StringLiteral",
  stringForm: /^(?:"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|`[^`]*`)$/,
  braces: "LabelMatchers",
};
const METRIC_NAME = "__name__";

/**
 * The query with `matchers` in every vector selector, so that it reads no other series; without selectors it
 * stays as it is. Matchers of the query's own stay beside them and can only narrow further.
 * @throws AppError `bad_query` for what cannot be parsed without doubt; `forbidden` for `info()`, which reads
 * series that no selector names.
 */
export function confinePromql(expr: string, matchers: readonly LabelMatcher[]): string {
  if (matchers.length === 0) return expr;
  const { text, tree } = canonical(PROMQL, expr);
  const edits: Edit[] = [];
  tree.iterate({
    enter: ({ name, node }) => {
      if (name === "Info") throw new AppError("forbidden", "info() is not for whoever is limited by labels");
      if (name === "VectorSelector") edits.push(...confineSelector(text, node, matchers));
    },
  });
  return edited(text, edits);
}

/** The narrowest selector there is for these matchers, for endpoints that take one and were given none. */
export function promqlSelector(matchers: readonly LabelMatcher[]): string {
  // Prometheus wants one matcher that refuses the empty string; every series has a name.
  return `{${METRIC_NAME}!="",${written(matchers)}}`;
}

function confineSelector(text: string, node: SyntaxNode, matchers: readonly LabelMatcher[]): Edit[] {
  const name = node.getChild("Identifier");
  const braces = node.getChild("LabelMatchers");
  const added = written(matchers);
  // A name before the braces and one within them exclude each other.
  const moved = name !== null && matchers.some(({ label }) => label === METRIC_NAME);
  const own = moved ? `${METRIC_NAME}=${quote(text.slice(name.from, name.to))},` : "";
  const removal = moved ? [{ from: name.from, to: name.to, insert: "" }] : [];
  if (braces === null) return [...removal, { from: node.to, to: node.to, insert: `{${own}${added}}` }];
  return [...removal, { from: braces.from + 1, to: braces.from + 1, insert: `${own}${added},` }];
}

function written(matchers: readonly LabelMatcher[]): string {
  return matchers.map(({ label, operator, value }) => `${label}${operator}${quote(value)}`).join(",");
}
