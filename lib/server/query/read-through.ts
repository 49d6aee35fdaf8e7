import "server-only";
import { LRUCache } from "lru-cache";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { queryMetrics } from "./metrics.ts";
import { SingleFlight } from "./single-flight.ts";
import type { Told } from "./told.ts";
import type { UpstreamGuard } from "./upstream-guard.ts";
import { sourceLabel, UpstreamError } from "./upstream-error.ts";

/** Older data than this no longer stands in for a source that is down. */
const LAST_GOOD_MS = 24 * 3_600_000;
/** For so long a caller waits for a new answer when an older one is at hand. */
const PATIENCE_MS = 2_000;
/** A query that was refused a moment ago is refused again; longer, and what a person has mended would stay broken. */
export const REFUSED_MS = 3_000;
const MAX_REFUSALS = 1_000;

/** An answer as its source gave it; `asOfMs` is its newest sample, Unix milliseconds. */
export interface Answer<T> extends Told<T> {
  asOfMs: number | null;
}

/** One question to a source, and what may be said of it from what is kept (`K`) of its family. */
export interface Question<T, K> {
  source: SourceSettings;
  /** What is asked, whatever the time it is asked for: what is kept under it may stand in later. */
  family: string;
  /** The exact question: equal ones share a flight. */
  exact: string;
  /** The answer out of what is kept, where that still counts; `renew` when a newer one is to be fetched behind it. */
  current: (kept: K) => { answer: Answer<T>; renew: boolean } | null;
  /** Asks the source, and says what to keep from now on; null leaves what is kept as it is. */
  load: (signal: AbortSignal, kept: K | undefined) => Promise<{ answer: Answer<T>; keep: K | null }>;
  /** What of the kept fits this question, for a source in trouble; null where nothing is of use. */
  standIn: (kept: K) => Answer<T> | null;
}

interface Entry<K> {
  kept: K;
  keptAtMs: number;
}

export interface ReadThroughOptions<K> {
  maxBytes: number;
  bytesOf: (kept: K) => number;
  nowMs: () => number;
  guardOf: (source: SourceSettings) => UpstreamGuard;
}

/**
 * Cache, single flight and upstream guard, in this order, for answers of one type. What is kept of a family answers
 * while it is current; later it stands in (`stale`) for a source that is in trouble, never for a bad query. It stands
 * in too when a new answer takes longer than 2 s; the flight goes on and fills the cache for the next question.
 * Without an older answer the caller waits for as long as the source may take. A query that the source refused is
 * refused in its words for some seconds without asking again. Answers are shared between callers, who must not
 * change them.
 */
export class ReadThrough<T, K> {
  readonly #cache: LRUCache<string, Entry<K>>;
  readonly #refusals = new LRUCache<string, { error: UpstreamError; atMs: number }>({ max: MAX_REFUSALS });
  readonly #flights = new SingleFlight<Answer<T>>();
  readonly #options: ReadThroughOptions<K>;

  constructor(options: ReadThroughOptions<K>) {
    this.#options = options;
    this.#cache = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: ({ kept }, key) => 2 * key.length + options.bytesOf(kept),
    });
  }

  /** Answers a question. Throws AppErrors: those of its `load`, or `cancelled` when `signal` fires. */
  async read(question: Question<T, K>, signal: AbortSignal): Promise<Measured<T>> {
    const entry = this.#cache.get(familyKey(question));
    const current = entry && question.current(entry.kept);
    if (current) {
      if (current.renew) this.#renew(question);
      return this.#tell(question, "hit", current.answer);
    }
    this.#throwRefusal(question);
    const merged = this.#flights.has(exactKey(question));
    try {
      const flight = this.#join(question, signal);
      const older = (await endsWithin(PATIENCE_MS, flight)) ? null : this.#lastGood(question);
      if (!older) return this.#tell(question, merged ? "merged" : "fetched", await flight);
      this.#renew(question);
      const reason = `${sourceLabel(question.source)} has not answered within ${PATIENCE_MS} ms`;
      return this.#tell(question, "stale", older, reason);
    } catch (error) {
      const older = mayStandIn(error) ? this.#lastGood(question) : null;
      if (older) return this.#tell(question, "stale", older, (error as Error).message);
      count(question.source, error instanceof AppError ? error.code : "internal");
      throw error;
    }
  }

  #join(question: Question<T, K>, signal: AbortSignal): Promise<Answer<T>> {
    return this.#flights.join(exactKey(question), signal, (work) => this.#fetch(question, work));
  }

  /** Waits for the flight, or starts it, in the place of callers who leave; the next caller hears how it ended. */
  #renew(question: Question<T, K>): void {
    this.#join(question, new AbortController().signal).catch(() => undefined);
  }

  async #fetch(question: Question<T, K>, signal: AbortSignal): Promise<Answer<T>> {
    const key = familyKey(question);
    const load = (work: AbortSignal) => question.load(work, this.#cache.peek(key)?.kept);
    try {
      const { answer, keep } = await this.#options.guardOf(question.source)(load, signal);
      if (keep !== null) this.#cache.set(key, { kept: keep, keptAtMs: this.#options.nowMs() });
      return answer;
    } catch (error) {
      const refused = error instanceof UpstreamError && error.fault === "refused";
      if (refused) this.#refusals.set(exactKey(question), { error, atMs: this.#options.nowMs() });
      throw error;
    }
  }

  #throwRefusal(question: Question<T, K>): void {
    const refusal = this.#refusals.get(exactKey(question));
    const ageMs = refusal ? this.#options.nowMs() - refusal.atMs : 0;
    if (!refusal || ageMs < 0 || ageMs >= REFUSED_MS) return;
    count(question.source, "refused");
    throw refusal.error;
  }

  #lastGood(question: Question<T, K>): Answer<T> | null {
    const entry = this.#cache.get(familyKey(question));
    if (!entry || this.#options.nowMs() - entry.keptAtMs > LAST_GOOD_MS) return null;
    return question.standIn(entry.kept);
  }

  #tell(question: Question<T, K>, outcome: string, answer: Answer<T>, staleReason?: string): Measured<T> {
    count(question.source, outcome);
    const { data, asOfMs, partial, warnings } = answer;
    const stale = staleReason !== undefined;
    return {
      data,
      asOf: asOfMs === null ? null : new Date(asOfMs).toISOString(),
      stale,
      partial,
      warnings: stale ? [...warnings, `older data is shown: ${staleReason}`] : warnings,
    };
  }
}

function mayStandIn(error: unknown): boolean {
  return error instanceof UpstreamError && error.fault !== "refused";
}

/** Whether the work ends in time; its failure in time is thrown. */
async function endsWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), ms);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

type Key = Pick<Question<unknown, unknown>, "source" | "family" | "exact">;

function familyKey({ source, family }: Key): string {
  return `${source.kind}/${source.name}/${family}`;
}

function exactKey(question: Key): string {
  return `${familyKey(question)}/${question.exact}`;
}

function count(source: SourceSettings, outcome: string): void {
  queryMetrics().queries.inc({ source: `${source.kind}/${source.name}`, outcome });
}
