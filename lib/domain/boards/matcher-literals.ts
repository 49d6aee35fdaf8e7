import type { SyntaxNode } from "@lezer/common";
import { parser as logql } from "@grafana/lezer-logql";
import { parser as promql } from "@prometheus-io/lezer-promql";

export type QueryLanguage = "promql" | "logql";

/** The string that a matcher compares a label with, with its offsets in the query, quotes and all. */
export interface MatcherLiteral {
  label: string;
  /** Whether the string is a regular expression. */
  regex: boolean;
  from: number;
  to: number;
}

const PARSER = { promql, logql };
const MATCHERS: Readonly<Record<QueryLanguage, readonly string[]>> = {
  promql: ["UnquotedLabelMatcher", "QuotedLabelMatcher"],
  logql: ["Matcher"],
};

const LABEL = ["LabelName", "QuotedLabelName", "Identifier"];
const STRING = ["StringLiteral", "String"];

const childOf = (node: SyntaxNode, names: readonly string[]) =>
  names.map((name) => node.getChild(name)).find((child) => child !== null);

/** The strings of all matchers of a query, from left to right: of selectors, and of the label filters of LogQL. */
export function matcherLiterals(query: string, language: QueryLanguage): MatcherLiteral[] {
  const found: MatcherLiteral[] = [];
  PARSER[language].parse(query).iterate({
    enter: ({ name, node }) => {
      if (!MATCHERS[language].includes(name)) return;
      const label = childOf(node, LABEL);
      const literal = childOf(node, STRING);
      if (!label || !literal) return;
      const operator = query.slice(label.to, literal.from).trim();
      const { from, to } = literal;
      found.push({ label: query.slice(label.from, label.to), regex: operator.endsWith("~"), from, to });
    },
  });
  return found;
}
