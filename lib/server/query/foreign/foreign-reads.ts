import "server-only";
import { LRUCache } from "lru-cache";
import { singleton } from "#lib/server/singleton.ts";
import { SingleFlight } from "../single-flight.ts";
import type { Outgoing, Wire } from "./outgoing.ts";

const MAX_BYTES = 64 * 1024 * 1024;
/** Beside its bytes: the key, the objects, the places in the lists. */
const ENTRY_BYTES = 1_000;

interface Entry {
  outgoing: Outgoing;
  bytes: number;
  untilMs: number;
}

/** What was asked of a source, and for how long its answer stands. */
export interface Fetched {
  outgoing: Outgoing;
  keepMs: number;
}

/**
 * Whole answers to foreign clients by the exact question, bounded by bytes, and single flight for equal questions
 * under way: the last client to leave cancels it upstream.
 */
export class ForeignReads {
  readonly #kept: LRUCache<string, Entry>;
  readonly #flights = new SingleFlight<Outgoing>();
  readonly #nowMs: () => number;

  constructor(options: { maxBytes: number; nowMs: () => number }) {
    this.#nowMs = options.nowMs;
    this.#kept = new LRUCache({
      maxSize: options.maxBytes,
      // One answer must not empty the cache.
      maxEntrySize: options.maxBytes / 8,
      sizeCalculation: ({ bytes }, key) => ENTRY_BYTES + 2 * key.length + bytes,
    });
  }

  /** The answer that is kept for a question, where it still stands. */
  find(key: string): Outgoing | null {
    const entry = this.#kept.get(key);
    return entry && this.#nowMs() < entry.untilMs ? entry.outgoing : null;
  }

  /** True while an equal question is under way. */
  isAsked(key: string): boolean {
    return this.#flights.has(key);
  }

  /** Asks, or waits for who asks already. Throws what `load` throws, and `cancelled` when `signal` fires. */
  join(key: string, signal: AbortSignal, load: (signal: AbortSignal) => Promise<Fetched>): Promise<Outgoing> {
    return this.#flights.join(key, signal, async (work) => {
      const { outgoing, keepMs } = await load(work);
      if (keepMs > 0) this.#keep(key, outgoing, this.#nowMs() + keepMs);
      return outgoing;
    });
  }

  /** At once, so that nobody asks again meanwhile; its compressed bytes are counted when they are there. */
  #keep(key: string, outgoing: Outgoing, untilMs: number): void {
    const { bytes } = outgoing;
    this.#kept.set(key, { outgoing, bytes, untilMs });
    if (!outgoing.worthZipping) return;
    const count = (zipped: Wire) => {
      if (this.#kept.peek(key)?.outgoing !== outgoing) return;
      this.#kept.set(key, { outgoing, bytes: bytes + zipped.body.length, untilMs });
    };
    // Whoever needs the compressed bytes hears of the failure.
    outgoing.wire(true).then(count, () => undefined);
  }
}

/** The answers to foreign clients that this process keeps. */
export function foreignReads(): ForeignReads {
  return singleton("query.foreign-reads", () => new ForeignReads({ maxBytes: MAX_BYTES, nowMs: Date.now }));
}
