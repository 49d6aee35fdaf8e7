import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { setTimeout as sleep } from "node:timers/promises";
import type { LogLine } from "./log-line.ts";

const MAX_QUEUED = 20_000;
const MAX_BATCH = 2_000;
const TIMEOUT_MS = 10_000;
const FIRST_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 10_000;

const pack = promisify(gzip);

/**
 * Pushes lines to Loki in order, one batch at a time. While Loki is away up to 20,000 lines wait and the
 * oldest fall out; a batch that Loki refuses is dropped, since sending it again would not help.
 */
export class LokiWriter {
  readonly #url: string;
  readonly #report: (text: string) => void;
  #queue: LogLine[] = [];
  #draining: Promise<void> | null = null;
  #sequence = 0n;

  constructor(url: string, report: (text: string) => void) {
    this.#url = `${url.replace(/\/+$/, "")}/loki/api/v1/push`;
    this.#report = report;
  }

  /** Queues lines; sending goes on in the background. */
  write(lines: readonly LogLine[]): void {
    this.#queue.push(...lines);
    if (this.#queue.length > MAX_QUEUED) this.#queue = this.#queue.slice(-MAX_QUEUED);
    if (this.#queue.length > 0) this.#draining ??= this.#drain().finally(() => (this.#draining = null));
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, MAX_BATCH);
      await this.#deliver(await pack(JSON.stringify({ streams: this.#streamsOf(batch) })));
    }
  }

  async #deliver(body: Buffer): Promise<void> {
    for (let backoffMs = FIRST_BACKOFF_MS; ; backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS)) {
      const outcome = await this.#post(body);
      if (outcome === "done") return;
      await sleep(backoffMs);
    }
  }

  async #post(body: Buffer): Promise<"done" | "again"> {
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        headers: { "content-type": "application/json", "content-encoding": "gzip" },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (response.ok) return "done";
      this.#report(`Loki answered ${response.status}: ${text.slice(0, 200)}`);
      return response.status === 429 || response.status >= 500 ? "again" : "done";
    } catch (error) {
      this.#report(`Loki is away: ${(error as Error).message}`);
      return "again";
    }
  }

  #streamsOf(lines: readonly LogLine[]): object[] {
    const streams = Map.groupBy(lines, ({ labels }) => JSON.stringify(labels));
    return [...streams.values()].map((members) => ({
      stream: members[0]?.labels,
      values: members.map(({ timestampMs, line, metadata }) => [
        this.#nanoseconds(timestampMs),
        line,
        metadata,
      ]),
    }));
  }

  /** A counter in the last digits keeps lines of one microsecond in order. */
  #nanoseconds(timestampMs: number): string {
    this.#sequence = (this.#sequence + 1n) % 1000n;
    return String(BigInt(Math.floor(timestampMs * 1000)) * 1000n + this.#sequence);
  }
}
