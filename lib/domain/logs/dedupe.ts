/** What two lines in a row have to share to be shown as one. */
export const DEDUPE_MODES = ["none", "exact", "numbers", "signature"] as const;
export type DedupeMode = (typeof DEDUPE_MODES)[number];

/** A line, and how many like it followed that are not shown. */
export interface Deduped<T> {
  line: T;
  repeats: number;
}

const ISO_TIME = /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?/g;

/** What is compared, times of ISO 8601 aside: the whole text, the text without its numbers, its punctuation alone. */
const SIGNS: Record<Exclude<DedupeMode, "none">, (text: string) => string> = {
  exact: (text) => text,
  numbers: (text) => text.replace(/\d+/g, ""),
  signature: (text) => text.replace(/[\p{L}\p{N}_]+/gu, ""),
};

/** Lines of which each run of like ones is left as its first; order is kept, and every line is counted. */
export function dedupe<T extends { line: string }>(lines: readonly T[], mode: DedupeMode): Deduped<T>[] {
  if (mode === "none") return lines.map((line) => ({ line, repeats: 0 }));
  const signOf = SIGNS[mode];
  const kept: Deduped<T>[] = [];
  let last: string | null = null;
  for (const line of lines) {
    const sign = signOf(line.line.replace(ISO_TIME, ""));
    const run = kept.at(-1);
    if (run && sign === last) run.repeats += 1;
    else kept.push({ line, repeats: 0 });
    last = sign;
  }
  return kept;
}
