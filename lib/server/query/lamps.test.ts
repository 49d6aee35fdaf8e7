import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getAlerts } from "./alertmanager/client.ts";
import { QUERY_LIMITS } from "./limits.ts";
import { labelNames } from "./loki/client.ts";
import { queryInstant } from "./prometheus/client.ts";
import { sourceLamps } from "./lamps.ts";
import { startFakeUpstream, vectorReply, type FakeUpstream, type Reply } from "./testing/fake-upstream.ts";

const NOW = new Date("2026-11-20T12:00:00Z");
const BUILD_INFO: Reply = { body: JSON.stringify({ status: "success", data: { version: "3.5.3" } }) };
const GONE: Reply = { status: 502, contentType: "text/plain", body: "gone" };
const fine = async () => undefined;

let upstream: FakeUpstream;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  upstream = await startFakeUpstream("prometheus", () => BUILD_INFO);
});
afterEach(async () => {
  vi.useRealTimers();
  await upstream.close();
});

const prometheus = async () =>
  (await sourceLamps(fine, [upstream.source])).find((l) => l.kind === "prometheus");
const callTo = ({ source }: FakeUpstream) => ({
  source,
  signal: new AbortController().signal,
  limits: QUERY_LIMITS,
});
const advance = (ms: number) => vi.setSystemTime(Date.now() + ms);

test("one lamp per source, one for the database, and one for each kind that is not there", async () => {
  const lamps = await sourceLamps(fine, [upstream.source]);
  expect(lamps.map(({ kind, name, state }) => [kind, name, state])).toEqual([
    ["prometheus", upstream.source.name, "ok"],
    ["loki", "default", "not_configured"],
    ["alertmanager", "default", "not_configured"],
    ["database", "default", "ok"],
  ]);
  expect(lamps[0]).toMatchObject({ lastSeenAt: NOW.toISOString(), error: null });
});

test("however many ask, a source is probed once in ten seconds", async () => {
  await Promise.all([prometheus(), prometheus(), prometheus()]);
  advance(9_999);
  await prometheus();
  expect(upstream.requests).toHaveLength(1);
  advance(1);
  await prometheus();
  expect(upstream.requests).toHaveLength(2);
});

test("down keeps the time it was last seen; up again recovers", async () => {
  await prometheus();
  upstream.answer = () => GONE;
  advance(10_000);
  expect(await prometheus()).toMatchObject({
    state: "down",
    latencyMs: null,
    lastSeenAt: NOW.toISOString(),
    error: expect.stringContaining("HTTP 502: gone") as string,
  });
  upstream.answer = () => BUILD_INFO;
  advance(10_000);
  expect(await prometheus()).toMatchObject({ state: "ok", error: null });
});

test("an exchange after the probe knows better", async () => {
  const exchange = () => queryInstant(callTo(upstream), { expr: "up" });
  await prometheus();
  advance(1_000);
  upstream.answer = (_, response) => {
    response.destroy();
    return null;
  };
  await exchange().catch(() => undefined);
  expect(await prometheus()).toMatchObject({ state: "down" });
  upstream.answer = () => vectorReply("1");
  advance(1_000);
  await exchange();
  expect(await prometheus()).toMatchObject({ state: "ok" });
});

describe("an answer that its client cannot read is no sign of health", () => {
  const SPAN = { startNs: 0n, endNs: 1n };
  test.each([
    ["prometheus", (up: FakeUpstream) => queryInstant(callTo(up), { expr: "up" }), BUILD_INFO.body],
    ["loki", (up: FakeUpstream) => labelNames(callTo(up), SPAN), '{"status":"success"}'],
    ["alertmanager", (up: FakeUpstream) => getAlerts(callTo(up)), '{"versionInfo":{"version":"1"}}'],
  ] as const)("%s", async (kind, exchange, goodProbe) => {
    for (const body of ["<html>Sign in</html>", '{"status":"success","data":{"a":[1]}}', "{}"]) {
      const source = await startFakeUpstream(kind, () => ({ body }));
      const lamp = async () => (await sourceLamps(fine, [source.source])).find((each) => each.kind === kind);
      expect(await lamp()).toMatchObject({ state: "down", lastSeenAt: null });
      advance(1_000);
      await exchange(source).catch(() => undefined);
      expect(await lamp()).toMatchObject({ state: "down", lastSeenAt: null });
      source.answer = () => ({ body: goodProbe });
      advance(10_000);
      expect(await lamp()).toMatchObject({ state: "ok" });
      source.answer = () => ({ body });
      advance(1_000);
      await exchange(source).catch(() => undefined);
      expect(await lamp()).toMatchObject({ state: "down" });
      await source.close();
    }
  });
});

describe("each kind has a question that only it answers", () => {
  test.each([
    ["prometheus", "/api/v1/status/buildinfo", BUILD_INFO.body],
    ["loki", "/loki/api/v1/labels", '{"status":"success"}'],
    ["alertmanager", "/api/v2/status", JSON.stringify({ versionInfo: { version: "0.25.0" } })],
  ] as const)("%s", async (kind, path, body) => {
    const right = await startFakeUpstream(kind, () => ({ body }));
    const wrong = await startFakeUpstream(kind, () => ({
      status: 404,
      contentType: "text/plain",
      body: "no",
    }));
    const lamps = await sourceLamps(fine, [right.source, wrong.source]);
    const states = lamps.filter((lamp) => lamp.kind === kind).map((lamp) => lamp.state);
    expect(states).toEqual(["ok", "down"]);
    expect(right.requests[0]?.path).toBe(path);
    await Promise.all([right.close(), wrong.close()]);
  });
});

test("the database's own words", async () => {
  advance(60_000);
  const lamps = await sourceLamps(() => Promise.reject(new Error("the database system is starting up")), []);
  expect(lamps.at(-1)).toMatchObject({
    kind: "database",
    state: "down",
    error: "the database system is starting up",
  });
});

test.each([
  [1_000, "ok"],
  [1_001, "slow"],
])("an answer after %d ms is %s", async (latencyMs, state) => {
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: Date.now() + latencyMs * 60_000 });
  const [lamp] = (await sourceLamps(async () => vi.advanceTimersByTime(latencyMs), [])).slice(-1);
  expect(lamp).toMatchObject({ kind: "database", state, latencyMs });
});
