import type { LabelMatcher } from "../access/matchers.ts";
import { matchesPattern, plainPattern } from "./plain-pattern.ts";

type Labels = Readonly<Record<string, string>>;

/** One matcher, its value in double quotes with backslash escapes, or bare. */
const MATCHER =
  /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^",{}=\s]*))\s*(?:,|$)/;

/** Matchers as people write them, with or without braces: `severity="page", service=~"check.*"`. */
export function readMatchers(text: string): { matchers: LabelMatcher[] } | { problem: string } {
  let rest = text.trim().replace(/^\{(.*)\}$/s, "$1");
  const matchers: LabelMatcher[] = [];
  while (rest.trim() !== "") {
    const found = MATCHER.exec(rest);
    if (!found) return { problem: `expected label="value" at ${JSON.stringify(rest.trim().slice(0, 40))}` };
    const [whole, label = "", operator, quoted, bare = ""] = found;
    const value = quoted === undefined ? bare : quoted.replace(/\\(.)/gs, "$1");
    // A pattern keeps its own escapes: only the quotes were the list's.
    const pattern = quoted === undefined ? bare : quoted.replace(/\\(["\\])/g, "$1");
    const isPattern = operator === "=~" || operator === "!~";
    matchers.push({
      label,
      operator: operator as LabelMatcher["operator"],
      value: isPattern ? pattern : value,
    });
    rest = rest.slice(whole.length);
  }
  return { matchers };
}

/** How matchers are written, as {@link readMatchers} reads them. */
export function writeMatchers(matchers: readonly LabelMatcher[]): string {
  return matchers
    .map(({ label, operator, value }) => `${label}${operator}"${value.replace(/["\\]/g, "\\$&")}"`)
    .join(", ");
}

/**
 * A test of labels by matchers; a missing label is the empty string. Patterns are of the plain kind, for anybody may
 * write them.
 */
export function labelFilter(
  matchers: readonly LabelMatcher[],
): { test: (labels: Labels) => boolean } | { problem: string } {
  const tests: ((labels: Labels) => boolean)[] = [];
  for (const { label, operator, value } of matchers) {
    const own = (labels: Labels) => (Object.hasOwn(labels, label) ? (labels[label] ?? "") : "");
    const negative = operator.startsWith("!");
    if (!operator.endsWith("~")) {
      tests.push((labels) => (own(labels) === value) !== negative);
      continue;
    }
    const pattern = plainPattern(value);
    if (!pattern) return { problem: `${label}: a pattern here has words, ".", ".*", ".+" and "|" only` };
    tests.push((labels) => matchesPattern(pattern, own(labels)) !== negative);
  }
  return { test: (labels) => tests.every((test) => test(labels)) };
}
