import "server-only";
import type { SourceSettings } from "#lib/server/env.ts";
import { estimateBytes } from "./estimate-bytes.ts";
import { type Answer, type Question, ReadThrough, type ReadThroughOptions } from "./read-through.ts";

/** An answer as it was given. */
export interface Kept<T> {
  exact: string;
  answer: Answer<T>;
  fetchedAtMs: number;
}

interface Wanted<T> {
  source: SourceSettings;
  family: string;
  /** The exact question where a family has several; an older answer to another one still stands in. */
  exact?: string;
  /** For how long an answer counts as current. */
  freshMs: number;
  /** For how long it is still given at once, while a newer one is fetched for whoever asks next. */
  renewMs?: number;
  nowMs: () => number;
  load: (signal: AbortSignal) => Promise<Answer<T>>;
  /** What of an older answer of the family fits this question; all of it where this is left out. */
  standIn?: (older: Answer<T>) => Answer<T> | null;
}

/** A cache of answers kept as one piece. */
export function wholeReads<T>(
  options: Omit<ReadThroughOptions<Kept<T>>, "bytesOf">,
): ReadThrough<T, Kept<T>> {
  return new ReadThrough<T, Kept<T>>({ ...options, bytesOf: ({ answer }) => estimateBytes(answer.data) });
}

/** A question whose answer is kept as one piece; one that came with warnings is given and not kept. */
export function wholeQuestion<T>(wanted: Wanted<T>): Question<T, Kept<T>> {
  const { source, family, exact = "", freshMs, renewMs = freshMs, nowMs, load } = wanted;
  const standIn = wanted.standIn ?? ((older: Answer<T>) => older);
  return {
    source,
    family,
    exact,
    current: (kept) => {
      const ageMs = nowMs() - kept.fetchedAtMs;
      if (kept.exact !== exact || ageMs < 0 || ageMs >= Math.max(freshMs, renewMs)) return null;
      return { answer: kept.answer, renew: ageMs >= freshMs };
    },
    load: async (signal) => {
      const answer = await load(signal);
      const clean = !answer.partial && answer.warnings.length === 0;
      return { answer, keep: clean ? { exact, answer, fetchedAtMs: nowMs() } : null };
    },
    standIn: ({ answer }) => standIn(answer),
  };
}
