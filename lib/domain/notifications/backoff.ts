/** After so many attempts a message is dead: about an hour and a half. */
export const MAX_ATTEMPTS = 14;
const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60_000;

/**
 * How long to wait after an attempt: twice as long each time, of which a random half, so that messages which failed
 * together do not come back together.
 * @param attempt the first is 1
 * @param random from 0 up to 1
 */
export function backoffMs(attempt: number, random: number): number {
  const fullMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(fullMs / 2 + (random * fullMs) / 2);
}

/** What a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), in ms from now; null for neither. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text), 86_400) * 1_000;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.min(Math.max(0, atMs - nowMs), 86_400_000);
}
