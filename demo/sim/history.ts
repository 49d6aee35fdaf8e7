import { encodeWriteRequest, sendWriteRequest } from "./remote-write.ts";
import { storedLabels, type Simulation } from "./simulation.ts";
import { DAY_MS, TICK_MS } from "./world.ts";

/** Ticks in one request: enough that a series' labels are a small part of it. */
const TICKS_PER_REQUEST = 120;
/** Prometheus looks this far back for a sample, so steps of it see every one. */
const LOOKBACK_MS = 300_000;
const SEARCH_MS = 35 * DAY_MS;

/** The newest scrape or written tick that Prometheus holds; null when it has none in the last 35 days. */
export async function newestSampleMs(prometheusUrl: string, nowMs: number): Promise<number | null> {
  const query = new URLSearchParams({
    query: "max(timestamp(up))",
    start: String((nowMs - SEARCH_MS) / 1000),
    end: String(nowMs / 1000),
    step: String(LOOKBACK_MS / 1000),
  });
  const response = await fetch(`${prometheusUrl}/api/v1/query_range`, { method: "POST", body: query });
  const body = (await response.json()) as {
    data?: { result: { values: [number, string][] }[] };
    error?: string;
  };
  if (!body.data) throw new Error(`Prometheus does not say what it holds: ${body.error}`);
  const newest = body.data.result[0]?.values.at(-1)?.[1];
  return newest === undefined ? null : Math.round(Number(newest) * 1000);
}

export interface HistoryOptions {
  simulation: Simulation;
  prometheusUrl: string;
  now(): number;
  onProgress(doneRatio: number): void;
}

/**
 * Writes every tick that Prometheus lacks, in order, and one sample at the present moment, so that live scrapes go on
 * from there. Gives the number of samples written.
 */
export async function writeHistory(options: HistoryOptions): Promise<number> {
  const { simulation, prometheusUrl, now, onProgress } = options;
  const newestMs = await newestSampleMs(prometheusUrl, now());
  const beginMs = Math.max(simulation.world.startMs, newestMs === null ? 0 : newestMs + 1);
  const writer = new BlockWriter(simulation, prometheusUrl);
  for (let fromMs = beginMs; fromMs <= now();) {
    const toMs = Math.min(fromMs + TICKS_PER_REQUEST * TICK_MS - 1, now());
    simulation.timeline.eachTick(fromMs, toMs, (tMs, values) => writer.add(tMs, values));
    await writer.flush();
    fromMs = toMs + 1;
    onProgress(Math.min(1, (fromMs - beginMs) / Math.max(1, now() - beginMs)));
  }
  const endMs = now() + 1;
  writer.add(endMs, simulation.timeline.valuesAt(endMs));
  await writer.flush();
  await writer.settled();
  return writer.written;
}

/** Gathers ticks into blocks; the next block is worked out while Prometheus takes the last. */
class BlockWriter {
  written = 0;
  readonly #labels: Uint8Array[];
  readonly #alive: Uint8Array;
  readonly #simulation: Simulation;
  readonly #prometheusUrl: string;
  #rows: { tMs: number; values: Float64Array }[] = [];
  #sending: Promise<void> = Promise.resolve();

  constructor(simulation: Simulation, prometheusUrl: string) {
    this.#simulation = simulation;
    this.#prometheusUrl = prometheusUrl;
    this.#labels = storedLabels(simulation.targets);
    this.#alive = new Uint8Array(this.#labels.length);
  }

  add(tMs: number, values: Float64Array): void {
    this.#rows.push({ tMs, values });
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length === 0) return;
    const body = encodeWriteRequest({
      labels: this.#labels,
      timesMs: rows.map(({ tMs }) => tMs),
      values: this.#seriesMajor(rows),
      alive: this.#alive,
    });
    await this.#sending;
    this.#sending = sendWriteRequest(this.#prometheusUrl, body);
    // The failure is met where it is awaited, at the next flush.
    this.#sending.catch(() => undefined);
    this.written += rows.length * this.#labels.length;
  }

  settled(): Promise<void> {
    return this.#sending;
  }

  /** `up` stands behind the series of the simulation and is 1: a scripted past has no dead targets. */
  #seriesMajor(rows: { values: Float64Array }[]): Float64Array {
    const values = new Float64Array(this.#labels.length * rows.length).fill(1);
    const count = this.#simulation.series.length;
    rows.forEach((row, time) => {
      for (let series = 0; series < count; series++)
        values[series * rows.length + time] = row.values[series]!;
    });
    return values;
  }
}
