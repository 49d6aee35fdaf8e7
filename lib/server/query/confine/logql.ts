import "server-only";
import { parser } from "@grafana/lezer-logql";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { quote } from "#lib/domain/logql/string-literal.ts";
import { canonical, type Grammar } from "./canonical.ts";
import { type Edit, edited } from "./edit.ts";

const LOGQL: Grammar = {
  parser,
  string: "String",
  stringForm: /^(?:"(?:[^"\\\n]|\\[^\n])*"|`[^`]*`)$/,
  braces: "Selector",
};

/**
 * The query with `matchers` in every stream selector, so that it reads no other streams; without selectors it
 * stays as it is. Matchers of the query's own stay beside them and can only narrow further.
 * @throws AppError `bad_query` for what cannot be parsed without doubt.
 */
export function confineLogql(expr: string, matchers: readonly LabelMatcher[]): string {
  if (matchers.length === 0) return expr;
  const { text, tree } = canonical(LOGQL, expr);
  const edits: Edit[] = [];
  tree.iterate({
    enter: ({ name, from }) => {
      if (name === "Selector") edits.push({ from: from + 1, to: from + 1, insert: `${written(matchers)},` });
    },
  });
  return edited(text, edits);
}

/** The narrowest selector there is for these matchers, for endpoints that take one and were given none. */
export function logqlSelector(matchers: readonly LabelMatcher[]): string {
  return `{${written(matchers)}}`;
}

function written(matchers: readonly LabelMatcher[]): string {
  return matchers.map(({ label, operator, value }) => `${label}${operator}${quote(value)}`).join(",");
}
