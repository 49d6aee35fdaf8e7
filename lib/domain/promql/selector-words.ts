import type { SyntaxNode } from "@lezer/common";
import { listOf } from "../words/language.ts";

const NAMES = /^[\w-]+(?:\|[\w-]+)+$/;

/** Which series a vector selector takes: "http_requests_total where service is checkout". */
export function selectorWords(text: string, selector: SyntaxNode): string {
  const written = (node: SyntaxNode | null) => (node ? text.slice(node.from, node.to) : "");
  const matchers = selector.getChild("LabelMatchers");
  const named =
    written(selector.getChild("Identifier")) || plain(written(matchers?.getChild("QuotedLabelName") ?? null));
  const conditions = [
    ...(matchers?.getChildren("UnquotedLabelMatcher") ?? []),
    ...(matchers?.getChildren("QuotedLabelMatcher") ?? []),
  ].map((matcher) => {
    const label =
      written(matcher.getChild("LabelName")) || plain(written(matcher.getChild("QuotedLabelName")));
    return conditionWords(
      label,
      written(matcher.getChild("MatchOp")),
      plain(written(matcher.getChild("StringLiteral"))),
    );
  });
  const where = conditions.length === 0 ? "" : ` where ${listOf(conditions)}`;
  return `${named === "" ? "any metric" : named}${where}`;
}

function conditionWords(label: string, operator: string, value: string): string {
  switch (operator) {
    case "=":
      return value === "" ? `${label} is not there` : `${label} is ${value}`;
    case "!=":
      return value === "" ? `${label} is there` : `${label} is not ${value}`;
    case "=~":
      return NAMES.test(value) ? `${label} is ${either(value)}` : `all of ${label} fits the pattern ${value}`;
    default:
      return NAMES.test(value)
        ? `${label} is neither ${value.split("|").join(" nor ")}`
        : `${label} does not fit the pattern ${value}`;
  }
}

function either(pattern: string): string {
  return pattern.split("|").join(" or ");
}

/** A literal without its quotes; its escapes are left as they were written. */
export function plain(literal: string): string {
  return literal.replace(/^(["'`])([\s\S]*)\1$/, "$2");
}
