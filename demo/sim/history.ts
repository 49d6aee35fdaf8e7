import { z } from "zod";
import { BlockWriter, TICKS_PER_BLOCK } from "./block-writer.ts";
import type { Simulation } from "./simulation.ts";
import { DAY_MS, TICK_MS } from "./world.ts";

/** Prometheus looks this far back for a sample, so steps of it see every one. */
const LOOKBACK_MS = 300_000;
const SEARCH_MS = 35 * DAY_MS;

const Answer = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
});

/** The newest time, in milliseconds, in the answer to a query; null when it is empty. */
async function newestTimeMs(url: URL, query: Record<string, string>): Promise<number | null> {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(query) });
  if (!response.ok) throw new Error(`Prometheus does not say what it holds: ${await response.text()}`);
  const { data } = Answer.parse(await response.json());
  const times = data.result.flatMap(({ values }) => values.at(-1)?.[0] ?? []);
  return times.length === 0 ? null : Math.round(Math.max(...times) * 1000);
}

/** The newest scrape or written tick that Prometheus holds; null when it has none in the last 35 days. */
export async function newestSampleMs(prometheusUrl: string, nowMs: number): Promise<number | null> {
  // Coarse steps find the five minutes, the raw samples of those the moment.
  const stepMs = await newestTimeMs(new URL("/api/v1/query_range", prometheusUrl), {
    query: "count(up)",
    start: String((nowMs - SEARCH_MS) / 1000),
    end: String(nowMs / 1000),
    step: String(LOOKBACK_MS / 1000),
  });
  if (stepMs === null) return null;
  return newestTimeMs(new URL("/api/v1/query", prometheusUrl), {
    query: `up[${LOOKBACK_MS}ms]`,
    time: String(stepMs / 1000),
  });
}

interface HistoryOptions {
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
  // A gap shorter than a tick needs no filling, and Prometheus may be scraping again already.
  if (newestMs !== null && now() - newestMs < TICK_MS) return 0;
  const beginMs = Math.max(simulation.world.startMs, now() - SEARCH_MS, (newestMs ?? 0) + 1);
  const writer = new BlockWriter(simulation, prometheusUrl);
  for (let fromMs = beginMs; fromMs <= now();) {
    const toMs = Math.min(fromMs + TICKS_PER_BLOCK * TICK_MS - 1, now());
    simulation.timeline.eachTick(fromMs, toMs, (tMs, values) => writer.add(tMs, values));
    await writer.flush();
    fromMs = toMs + 1;
    onProgress(Math.min(1, (fromMs - beginMs) / Math.max(1, now() - beginMs)));
  }
  const endMs = now() + 1;
  writer.add(endMs, simulation.timeline.valuesAt(endMs));
  await writer.flush();
  await writer.close();
  return writer.written;
}
