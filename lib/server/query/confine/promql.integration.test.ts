import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { confinePromql, promqlSelector } from "./promql.ts";
import { hostilePromql } from "./testing/hostile-promql.ts";

const MINUTE_MS = 60_000;
const toMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
const span = { fromMs: toMs - 30 * MINUTE_MS, toMs, stepMs: MINUTE_MS };

function seriesOf(namespace: string, factor: number): WrittenSeries[] {
  const labels = (service: string) => ({ namespace, service, secret: namespace });
  return ["jobs", "requests_total", "bool_jobs", "sum", "time", "by"].flatMap((name) =>
    ["pay", "cart"].map((service, i) => ({
      name,
      labels: labels(service),
      valueAt: (tMs: number) => factor * (1 + i + (tMs - span.fromMs) / MINUTE_MS),
    })),
  );
}

/** The same Prometheus twice: once with everything, once with only what the confined may see. */
let everything: RealServer;
let prodAlone: RealServer;

beforeAll(async () => {
  const start = () => startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  [everything, prodAlone] = await Promise.all([start(), start()]);
  const prod = seriesOf("prod", 1);
  await writeSeries(everything.url, [...prod, ...seriesOf("other", 1_000)], span);
  await writeSeries(prodAlone.url, prod, span);
});
afterAll(() => Promise.all([everything, prodAlone].map((server) => server.remove())));

/** What a server answers, its series in one order. The scrape of a target is not the same on both. */
async function ask({ url }: RealServer, path: string, params: Record<string, string>): Promise<string> {
  const response = await fetch(`${url}/api/v1/${path}`, {
    method: "POST",
    body: new URLSearchParams(params),
  });
  const { data, ...rest } = (await response.json()) as { data?: { result?: unknown } | unknown[] };
  const list = Array.isArray(data) ? data : data?.result;
  const lines = Array.isArray(list) ? list.map((one) => JSON.stringify(one)).sort() : list;
  return JSON.stringify([response.status, rest, lines]);
}

const time = String(toMs / 1000);
const answers = async (query: string) =>
  Promise.all([everything, prodAlone].map((server) => ask(server, "query", { query, time })));

const CONFINEMENTS: LabelMatcher[][] = [
  [{ label: "namespace", operator: "=", value: "prod" }],
  [{ label: "namespace", operator: "=~", value: "prod|none" }],
  [
    { label: "namespace", operator: "=~", value: ".+" },
    { label: "secret", operator: "!~", value: "oth.*" },
  ],
  [
    { label: "namespace", operator: "=", value: "prod" },
    { label: "__name__", operator: "!=", value: "up" },
  ],
];

describe("a confined query", () => {
  test("answers as if nothing else existed, whatever it tries", { timeout: 300_000 }, async () => {
    const seen = { tried: 0, refused: 0, answered: 0, wouldLeak: 0 };
    const property = fc.asyncProperty(
      hostilePromql,
      fc.constantFrom(...CONFINEMENTS),
      async (query, confinement) => {
        seen.tried += 1;
        const [open, openProd] = await answers(query);
        if (open !== openProd) seen.wouldLeak += 1;
        let confined: string;
        try {
          confined = confinePromql(query, confinement);
        } catch {
          seen.refused += 1;
          return;
        }
        const [all, prod] = await answers(confined);
        if (all?.startsWith("[200")) seen.answered += 1;
        expect(all, `${query}\n→ ${confined}`).toBe(prod);
      },
    );
    await fc.assert(property, { numRuns: 500 });
    // The generator is worth something only if it finds what the defence keeps in.
    expect(seen.wouldLeak).toBeGreaterThan(50);
    expect(seen.answered).toBeGreaterThan(50);
  });

  test.each(["series", "labels", "label/namespace/values", "label/secret/values"])(
    "%s without a selector tells of nothing else",
    async (path) => {
      for (const confinement of CONFINEMENTS) {
        const params = new URLSearchParams({ "match[]": promqlSelector(confinement) });
        const read = async ({ url }: RealServer, search: string) =>
          (await fetch(`${url}/api/v1/${path}?${search}`)).text();
        const confined = await read(everything, `${params}`);
        expect(confined).toBe(await read(prodAlone, `${params}`));
        expect(confined).not.toContain("other");
      }
    },
  );
});
