import { Agent, request } from "node:http";
import { encodeWriteRequest } from "./remote-write.ts";
import { storedLabels, type Simulation } from "./simulation.ts";

/**
 * Ticks in one request: four hours, so that a series' labels are a small part of it. A lane can be as far behind the
 * other, and Prometheus takes samples as old as half its block span: it must be started with blocks of 8 hours or more.
 */
export const TICKS_PER_BLOCK = 120;
/** Requests under way at once, each with series of its own, so that Prometheus uses both of two cores. */
const LANES = 2;

interface Lane {
  first: number;
  labels: Uint8Array[];
  /** Per series, whether its newest sample written has a value. */
  alive: Uint8Array;
}

/** Gathers ticks into blocks and writes them in order; the next block is worked out while Prometheus takes the last. */
export class BlockWriter {
  /** Samples sent so far. */
  written = 0;
  readonly #lanes: Lane[];
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: LANES });
  /** Series by series; `up` stands behind the series of the simulation and is 1: no target was dead in the past. */
  readonly #values: Float64Array;
  #timesMs: number[] = [];
  #sending: Promise<unknown> = Promise.resolve();

  constructor(simulation: Simulation, prometheusUrl: string) {
    this.#url = new URL("/api/v1/write", prometheusUrl);
    const labels = storedLabels(simulation.targets);
    this.#values = new Float64Array(labels.length * TICKS_PER_BLOCK).fill(1);
    const perLane = Math.ceil(labels.length / LANES);
    this.#lanes = Array.from({ length: LANES }, (_, lane) => {
      const own = labels.slice(lane * perLane, (lane + 1) * perLane);
      return { first: lane * perLane, labels: own, alive: new Uint8Array(own.length) };
    });
  }

  add(tMs: number, values: Float64Array): void {
    const time = this.#timesMs.push(tMs) - 1;
    for (let series = 0; series < values.length; series++) {
      this.#values[series * TICKS_PER_BLOCK + time] = values[series]!;
    }
  }

  /** Sends what was added, once the block before it has been taken; throws when that was refused. */
  async flush(): Promise<void> {
    const timesMs = this.#timesMs;
    this.#timesMs = [];
    if (timesMs.length === 0) return;
    const bodies = this.#lanes.map(({ first, labels, alive }) => {
      const values = this.#values.subarray(first * TICKS_PER_BLOCK);
      this.written += labels.length * timesMs.length;
      return encodeWriteRequest({ labels, timesMs, values, stride: TICKS_PER_BLOCK, alive });
    });
    await this.#sending;
    this.#sending = Promise.all(bodies.map((body) => this.#send(body)));
    // A refusal is met where it is awaited, at the next flush.
    this.#sending.catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#sending;
    this.#agent.destroy();
  }

  /** `fetch` would copy the megabytes of every body once more. */
  #send(body: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = {
        "content-type": "application/x-protobuf",
        "content-encoding": "snappy",
        "content-length": body.length,
        "x-prometheus-remote-write-version": "0.1.0",
      };
      request(this.#url, { method: "POST", agent: this.#agent, headers }, (response) => {
        let words = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (words += chunk));
        response.on("end", () => {
          if ((response.statusCode ?? 0) < 300) resolve();
          else reject(new Error(`Prometheus refused the history (${response.statusCode}): ${words.trim()}`));
        });
      })
        .on("error", reject)
        .end(body);
    });
  }
}
