import "server-only";
import { LRUCache } from "lru-cache";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { estimateBytes } from "./estimate-bytes.ts";
import { queryMetrics } from "./metrics.ts";
import { SingleFlight } from "./single-flight.ts";
import type { Told } from "./told.ts";
import type { UpstreamGuard } from "./upstream-guard.ts";
import { sourceLabel, UpstreamError } from "./upstream-error.ts";

/** Older data than this no longer stands in for a source that is down. */
const LAST_GOOD_MS = 24 * 3_600_000;
/** For so long a caller waits for a new answer when an older one is at hand. */
const PATIENCE_MS = 2_000;

/** An answer as its source gave it; `asOfMs` is its newest sample, Unix milliseconds. */
export interface Answer<T> extends Told<T> {
  asOfMs: number | null;
}

/** One question to a source. */
export interface Question<T> {
  source: SourceSettings;
  /** What is asked, whatever the time it is asked for: the answer kept under it may stand in later. */
  family: string;
  /** The exact question: equal ones share an answer and a flight. */
  exact: string;
  /** For how long an answer counts as current. */
  freshMs: number;
  load: (signal: AbortSignal) => Promise<Answer<T>>;
  /** Makes an older answer of the family fit this question, or null where nothing of it is of use. */
  refit?: (older: Answer<T>) => Answer<T> | null;
}

interface Kept<T> {
  exact: string;
  answer: Answer<T>;
  fetchedAtMs: number;
}

interface Options {
  maxBytes: number;
  nowMs: () => number;
  guardOf: (source: SourceSettings) => UpstreamGuard;
}

/**
 * Cache, single flight and upstream guard, in this order, for answers of one type. Every answer is kept
 * under its family: while fresh it is the answer, later it stands in (`stale`) for a source that is in trouble,
 * never for a bad query. It stands in too when a new answer takes longer than 2 s; the flight goes on and fills
 * the cache for the next question. Without an older answer the caller waits for as long as the source may take.
 * Answers are shared between callers, who must not change them.
 *
 * An extent cache for ranges belongs here: `Kept` holds the extents of a family, `load` is asked for the
 * missing tail alone and `refit` cuts the asked grid out of them. Callers see the same `Measured` answers.
 */
export class ReadThrough<T> {
  readonly #cache: LRUCache<string, Kept<T>>;
  readonly #flights = new SingleFlight<Answer<T>>();
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
    this.#cache = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: (kept) => estimateBytes(kept.answer.data),
    });
  }

  /** Answers a question. Throws AppErrors: those of its `load`, or `cancelled` when `signal` fires. */
  async read(question: Question<T>, signal: AbortSignal): Promise<Measured<T>> {
    const kept = this.#cache.get(familyKey(question));
    if (kept && this.#isFresh(kept, question)) return this.#tell(question, "hit", kept.answer);
    const merged = this.#flights.has(exactKey(question));
    try {
      const flight = this.#join(question, signal);
      const older = (await endsWithin(PATIENCE_MS, flight)) ? null : this.#lastGood(question);
      if (!older) return this.#tell(question, merged ? "merged" : "fetched", await flight);
      this.#keepGoing(question);
      const reason = `${sourceLabel(question.source)} has not answered within ${PATIENCE_MS} ms`;
      return this.#tell(question, "stale", older, reason);
    } catch (error) {
      const older = mayStandIn(error) ? this.#lastGood(question) : null;
      if (older) return this.#tell(question, "stale", older, (error as Error).message);
      count(question.source, error instanceof AppError ? error.code : "internal");
      throw error;
    }
  }

  #join(question: Question<T>, signal: AbortSignal): Promise<Answer<T>> {
    return this.#flights.join(exactKey(question), signal, (work) => this.#fetch(question, work));
  }

  /** Waits for the flight in the place of callers who leave; the next caller hears how it ended. */
  #keepGoing(question: Question<T>): void {
    if (!this.#flights.has(exactKey(question))) return;
    this.#join(question, new AbortController().signal).catch(() => undefined);
  }

  async #fetch(question: Question<T>, signal: AbortSignal): Promise<Answer<T>> {
    const answer = await this.#options.guardOf(question.source)(question.load, signal);
    this.#cache.set(familyKey(question), {
      exact: question.exact,
      answer,
      fetchedAtMs: this.#options.nowMs(),
    });
    return answer;
  }

  #isFresh(kept: Kept<T>, question: Question<T>): boolean {
    const ageMs = this.#options.nowMs() - kept.fetchedAtMs;
    return kept.exact === question.exact && ageMs >= 0 && ageMs < question.freshMs;
  }

  #lastGood(question: Question<T>): Answer<T> | null {
    const kept = this.#cache.get(familyKey(question));
    if (!kept || this.#options.nowMs() - kept.fetchedAtMs > LAST_GOOD_MS) return null;
    const same = kept.exact === question.exact || question.refit === undefined;
    return same ? kept.answer : (question.refit?.(kept.answer) ?? null);
  }

  #tell(question: Question<T>, outcome: string, answer: Answer<T>, staleReason?: string): Measured<T> {
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

type Key = Pick<Question<unknown>, "source" | "family" | "exact">;

function familyKey({ source, family }: Key): string {
  return `${source.kind}/${source.name}/${family}`;
}

function exactKey(question: Key): string {
  return `${familyKey(question)}/${question.exact}`;
}

function count(source: SourceSettings, outcome: string): void {
  queryMetrics().queries.inc({ source: `${source.kind}/${source.name}`, outcome });
}
