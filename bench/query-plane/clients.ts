import http from "node:http";
import { performance } from "node:perf_hooks";
import { gunzipSync } from "node:zlib";
import type { Listener } from "./processes.ts";
import type { Direct, Span } from "./world.ts";

/** As many connections as there are dashboards, kept open as browsers keep theirs. */
const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });

export interface Answered {
  status: number;
  body: string;
  /** The body as it came over the wire. */
  bytes: number;
  ms: number;
}

interface Question {
  port: number;
  path: string;
  headers?: Record<string, string>;
  body?: object;
}

/** Asks over HTTP and reads all of the answer. @throws Error when it is no success */
export function askHttp({ port, path, headers = {}, body }: Question): Promise<Answered> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const json = text === undefined ? {} : { "content-type": "application/json" };
  const target = { port, host: "127.0.0.1", path, agent, method: text === undefined ? "GET" : "POST" };
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request({ ...target, headers: { ...headers, ...json } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const ms = performance.now() - startMs;
        const raw = Buffer.concat(chunks);
        const zipped = response.headers["content-encoding"] === "gzip";
        const read = (zipped ? gunzipSync(raw) : raw).toString("utf8");
        const status = response.statusCode ?? 0;
        if (status === 200) resolve({ status, body: read, bytes: raw.length, ms });
        else reject(new Error(`an answer was ${status}: ${read.slice(0, 200)}`));
      });
    });
    request.once("error", reject).end(text);
  });
}

/** The headers of one of the many who ask: a token, and an address behind the proxy. */
export function asClient({ tokens }: Listener, nth: number): Record<string, string> {
  const address = `10.0.${(nth >> 8) & 255}.${nth & 255}`;
  return { authorization: `Bearer ${tokens[nth % tokens.length]}`, "x-forwarded-for": address };
}

/** A dashboard's panel of one query over a span, as a page asks for it. */
export function askPanel(listener: Listener, nth: number, query: string, span: Span): Promise<Answered> {
  const { startSeconds, stepSeconds, points } = span;
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  const range = { from: iso(startSeconds), to: iso(startSeconds + (points - 1) * stepSeconds) };
  const panel = {
    id: "1",
    panel: "query.series",
    params: { query, unit: "perSecond" },
    widthPx: 2 * points + 60,
  };
  const headers = { ...asClient(listener, nth), "accept-encoding": "gzip" };
  return askHttp({ port: listener.port, path: "/api/v1/panels", headers, body: { range, panels: [panel] } });
}

interface PanelAnswer {
  ok: boolean;
  answer?: { data: { series: { labels: Record<string, string>; values: (number | null)[] }[] } };
}

/** Every line of a panel must be the source's, number by number. @throws Error where one is another */
export function requireSamePanel({ body }: Answered, direct: Direct, name: string): void {
  const line = JSON.parse(body.split("\n", 1)[0] ?? "") as PanelAnswer;
  const series = line.answer?.data.series ?? [];
  const theirs = new Map(
    direct.data.result.map(({ metric, values }) => [
      JSON.stringify(metric),
      values.map(([, text]) => Number(text)),
    ]),
  );
  const same = series.every(({ labels, values }) => {
    const numbers = values.filter((value) => value !== null);
    return JSON.stringify(numbers) === JSON.stringify(theirs.get(JSON.stringify(labels)));
  });
  if (series.length === 0 || !same)
    throw new Error(`the panel ${name} is another one: ${body.slice(0, 300)}`);
}

/** The value below which a share of all lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
