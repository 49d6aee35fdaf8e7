import type { Labels } from "../labels.ts";
import { LokiError } from "../loki-error.ts";
import { compileRegexp } from "./regexp.ts";
import { child, children, NEEDS_A_MATCHER, parseLogql, stringOf, text, type Syntax } from "./syntax.ts";

/** One `name="value"`; a missing label counts as empty. */
export interface Matcher {
  name: string;
  test: (value: string) => boolean;
  /** Whether it can only match a label that is there. */
  needsValue: boolean;
}

export type Selector = readonly Matcher[];

/** Whether a label set satisfies every matcher. */
export function matches(selector: Selector, labels: Labels): boolean {
  return selector.every(({ name, test }) => test(labels.get(name) ?? ""));
}

/** Reads `{…}`; refuses a selector that would match a stream without any of its labels, as Loki does. */
export function compileSelector(selector: Syntax): Selector {
  const matchers = matchersBelow(selector).map(compileMatcher);
  if (!matchers.some(({ needsValue }) => needsValue)) throw new LokiError(400, NEEDS_A_MATCHER);
  return matchers;
}

/** The selector of `match[]` and `query` parameters, which take no pipeline. */
export function parseSelector(query: string): Selector {
  const expression = parseLogql(query);
  const selector = child(expression, "Selector");
  if (!selector || children(expression).length > 1) {
    throw new LokiError(400, "only label matchers are supported");
  }
  return compileSelector(selector);
}

function matchersBelow(syntax: Syntax): Syntax[] {
  return children(syntax).flatMap((part) => (part.node.name === "Matchers" ? matchersBelow(part) : [part]));
}

/** Reads `name="value"`, `!=`, `=~` or `!~`. */
export function compileMatcher(matcher: Syntax): Matcher {
  const [name, operator] = children(matcher);
  const value = stringOf(matcher);
  const kind = operator?.node.name;
  const regexp = kind === "Re" || kind === "Nre";
  const positive: (text: string) => boolean = regexp
    ? compileRegexp(value, { whole: true })
    : (text) => text === value;
  const negated = kind === "Neq" || kind === "Nre";
  return {
    name: name ? text(name) : "",
    test: negated ? (candidate) => !positive(candidate) : positive,
    needsValue: !negated && !positive(""),
  };
}
