import "server-only";
import { AppError } from "#lib/server/errors.ts";
import { singleton } from "#lib/server/singleton.ts";

/** Each costs a connection of the source's. */
const MAX_TAILS = 100;
export const MAX_TAILS_EACH = 5;
const RETRY_SECONDS = 30;

/** The tails that are open in this process. */
export class LogTails {
  readonly #open = new Map<AbortController, string>();
  #closed = false;

  /**
   * Makes room for a tail. @returns what ends it: aborted when the process stops, or by the caller
   * @throws `rate_limited` for too many of one person, `unavailable` for too many in all or when shutting down
   */
  enter(countedAs: string): AbortController {
    const retry = { retryAfterSeconds: RETRY_SECONDS };
    if (this.#closed) throw new AppError("unavailable", "Burnline is shutting down", retry);
    if (this.#open.size >= MAX_TAILS)
      throw new AppError("unavailable", "no more tails can be opened just now", retry);
    const own = [...this.#open.values()].filter((one) => one === countedAs).length;
    if (own >= MAX_TAILS_EACH) throw new AppError("rate_limited", "you follow too many queries", retry);
    const tail = new AbortController();
    this.#open.set(tail, countedAs);
    tail.signal.addEventListener("abort", () => this.#open.delete(tail), { once: true });
    return tail;
  }

  /** Ends all of them when the signal aborts, so that the listener can drain. */
  endWith(signal: AbortSignal): void {
    const end = () => {
      this.#closed = true;
      for (const tail of [...this.#open.keys()]) tail.abort();
    };
    signal.addEventListener("abort", end, { once: true });
  }

  get size(): number {
    return this.#open.size;
  }
}

/** The process's own tails. */
export function logTails(): LogTails {
  return singleton("log-tails", () => new LogTails());
}
