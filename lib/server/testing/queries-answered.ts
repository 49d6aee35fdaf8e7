import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

/** Prometheus counts an answer a little after it has given it. */
const SETTLE_MS = 250;

/** How many instant and range queries a Prometheus has answered so far, once it has counted all of them. */
export async function queriesAnswered(prometheusUrl: string): Promise<number> {
  for (let before = NaN; ;) {
    const now = await readCount(prometheusUrl);
    if (now === before) return now;
    before = now;
    await sleep(SETTLE_MS);
  }
}

async function readCount(prometheusUrl: string): Promise<number> {
  const text = await (await fetch(`${prometheusUrl}/metrics`)).text();
  const lines =
    text.match(/^prometheus_http_requests_total\{.*handler="\/api\/v1\/query(_range)?".*$/gm) ?? [];
  return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}
