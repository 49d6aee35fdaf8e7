/** The longest span that is looked at. */
export const MAX_RANGE_SECONDS = 92 * 86_400;

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970 of an instant in ISO 8601 with its offset; null for any other text, also for 30 February. */
export function instantMs(text: string): number | null {
  const day = INSTANT.exec(text)?.[1];
  const atMs = Date.parse(text);
  if (day === undefined || Number.isNaN(atMs)) return null;
  return new Date(Date.parse(day)).toISOString().startsWith(day) ? atMs : null;
}

/** What is wrong with a fixed span; null for one that is in order. */
export function spanProblem(fromMs: number, toMs: number): { of: "from" | "to"; why: string } | null {
  if (!(toMs > fromMs)) return { of: "to", why: "must be later than from" };
  if (toMs - fromMs > MAX_RANGE_SECONDS * 1000)
    return { of: "from", why: "the range may span 92 days at most" };
  return null;
}
