import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { type FakeUpstream, startFakeUpstream } from "../testing/fake-upstream.ts";
import { logFields, logPatterns } from "./inspect.ts";

interface Exchange {
  name: string;
  status: number;
  contentType: string | null;
  body: string;
}
const recording = new URL("../../../../demo/logstore/fixtures/loki-3.7.6.json", import.meta.url);
const { exchanges } = JSON.parse(readFileSync(recording, "utf8")) as { exchanges: Exchange[] };

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream("loki", () => ({ body: "" }));
  vi.stubEnv("LOKI_URL", upstream.source.url);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await upstream.close();
});

function replay(name: string): void {
  const { status, contentType, body } = exchanges.find((exchange) => exchange.name === name) as Exchange;
  upstream.answer = () => ({ status, contentType: contentType ?? "text/plain", body });
}
const context = { actor: ADMIN, signal: new AbortController().signal };
const wanted = { query: '{service="api"} |= "x"', fromMs: 1_795_211_220_000, toMs: 1_795_213_115_000 };

it("reads the fields that Loki detects, those of most values first", async () => {
  replay("detected-fields");
  const { data } = await logFields(context, wanted);
  expect(data.available).toBe(true);
  expect(data.fields[0]).toEqual({ name: "ts", type: "string", values: 55, parsers: ["json"] });
  expect(data.fields).toContainEqual({ name: "detected_level", type: "string", values: 3, parsers: [] });
  const counts = data.fields.map(({ values }) => values);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
});

it("reads patterns with their lines, and asks for those of the streams alone", async () => {
  replay("patterns");
  upstream.requests.length = 0;
  const { data } = await logPatterns(context, wanted);
  expect(data).toMatchObject({
    available: true,
    patterns: [{ pattern: "<_>upstream failed: connection refused<_>", lines: 40 }],
  });
  expect(JSON.stringify(upstream.requests)).not.toContain("%7C%3D");
  replay("patterns-old-range");
  expect((await logPatterns(context, wanted)).data).toEqual({ available: true, patterns: [] });
});

it("takes Loki's refusals as they are, and an unknown address for no fault", async () => {
  replay("patterns-bad");
  await expect(logPatterns(context, wanted)).rejects.toMatchObject({
    code: "bad_query",
    message: expect.stringContaining("parse error"),
  });
  upstream.answer = () => ({ status: 404, contentType: "text/plain", body: "404 page not found\n" });
  expect((await logFields(context, wanted)).data.available).toBe(false);
  upstream.answer = () => ({ status: 200, contentType: "application/json", body: '{"fields":7}' });
  await expect(logFields(context, wanted)).rejects.toMatchObject({ code: "upstream_error" });
});
