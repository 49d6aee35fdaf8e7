import { writeCount } from "./figures.ts";

/** A count with its noun in the right number: (1, "node") → "1 node", (3, "node") → "3 nodes". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${writeCount(count)} ${count === 1 ? singular : plural}`;
}

/** Joins words as a sentence does: "a", "a and b", "a, b and c". */
export function listOf(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A ratio of requests as people say it: 0.0231 → "1 request in 43", 0.6 → "6 requests in 10", 1 → "every request". */
export function requestsInWords(ratio: number): string {
  if (ratio >= 0.995) return "every request";
  if (ratio > 0.4) return `${Math.min(9, Math.round(ratio * 10))} requests in 10`;
  return `1 request in ${writeCount(Math.round(1 / ratio))}`;
}

/** The time of day of an instant, zone named, since the reader's zone is not known here: "14:21 UTC". */
export function clockUtc(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(11, 16)} UTC`;
}

/** When something began, seen from now: the time within the last 18 hours, else how long ago. */
export function sinceWords(atMs: number, nowMs: number): string {
  const ageDays = (nowMs - atMs) / 86_400_000;
  if (ageDays <= 0.75) return `since ${clockUtc(atMs)}`;
  return ageDays < 2 ? "for over 18 hours" : `for ${Math.floor(ageDays)} days`;
}
