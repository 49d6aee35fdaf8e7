/** What Go's engine allows in all; patterns that multiply up to more are refused by it. */
const MAX_REPEATS = 1000;
const INVALID = "is not a regular expression";

/** Escapes of letters and digits that mean the same to Go's engine and to JavaScript's. */
const SHARED_ESCAPES = /^[dDwWsSntrfv]$/;

function escapeProblem(pattern: string): string | null {
  for (const [, escaped = ""] of pattern.matchAll(/\\([\s\S])/g)) {
    if (/[1-9]/.test(escaped) || escaped === "k") return "must not refer back to a group";
    if (/[^\x20-\x7e]|[a-zA-Z0-9]/.test(escaped) && !SHARED_ESCAPES.test(escaped))
      return `must not use the escape \\${escaped}`;
  }
  return null;
}

function repeatProblem(plain: string): string | null {
  const counts = [...plain.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) => Number(most || least));
  const product = counts.reduce((all, count) => all * Math.max(count, 1), 1);
  return product > MAX_REPEATS ? `must not repeat more than ${MAX_REPEATS} times in all` : null;
}

/**
 * What keeps `pattern` from being a matcher's value; null when nothing does. A source's engine is RE2
 * (github.com/google/re2/wiki/Syntax): what JavaScript alone understands is refused, and so are a few
 * patterns that only RE2 would take, since a confinement that fails there would answer nobody.
 */
export function patternProblem(pattern: string): string | null {
  const body = pattern.startsWith("(?i)") ? pattern.slice(4) : pattern;
  const escape = escapeProblem(body);
  if (escape !== null) return escape;
  const plain = body.replace(/\\[\s\S]/g, "_");
  if (/\(\?(?!:)/.test(plain)) return "may have no group beginning with (? but (?: and a leading (?i)";
  if (/\[\^?\]|\[\[|-\\/.test(body.replace(/\\\\/g, "__")))
    return "has a character class that engines read differently";
  try {
    new RegExp(body);
  } catch {
    return INVALID;
  }
  return repeatProblem(plain);
}
