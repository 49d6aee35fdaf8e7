import "server-only";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";

/**
 * Whether labels satisfy every matcher as a source would see it: patterns match the whole value, a missing
 * label is the empty string. A pattern that cannot be compiled here is satisfied by nothing.
 */
export function satisfies(
  labels: Readonly<Record<string, string>>,
  matchers: readonly LabelMatcher[],
): boolean {
  return matchers.every(({ label, operator, value }) => {
    const own = Object.hasOwn(labels, label) ? (labels[label] ?? "") : "";
    if (operator === "=") return own === value;
    if (operator === "!=") return own !== value;
    // Newer sources let the dot match a line's end, older ones do not: whichever reading shows less.
    const pattern = wholePattern(value, operator === "!~" ? "s" : "");
    return pattern !== null && pattern.test(own) === (operator === "=~");
  });
}

/** A leading `(?i)` is Go's way to ignore case. */
function wholePattern(value: string, dot: "s" | ""): RegExp | null {
  const ignoreCase = value.startsWith("(?i)");
  const source = `^(?:${ignoreCase ? value.slice(4) : value})$`;
  const flags = ignoreCase ? `${dot}i` : dot;
  // Escapes that only the older mode allows are no reason to see nothing.
  return compiled(source, `${flags}u`) ?? compiled(source, flags);
}

function compiled(source: string, flags: string): RegExp | null {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}
