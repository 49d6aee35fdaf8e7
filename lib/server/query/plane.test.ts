import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eq, selector } from "#lib/domain/promql/selector.ts";
import { personWith } from "#lib/server/testing/actors.ts";
import { metricsRegistry, queryMetrics } from "./metrics.ts";
import type { QueryPlane } from "./plane.ts";
import { errorReply, startFakeUpstream, vectorReply, type FakeUpstream } from "./testing/fake-upstream.ts";
import {
  answerRanges,
  GATEWAY_DOWN,
  lastHour,
  planeOver,
  queryContext,
  START_MS,
  type Clock,
} from "./testing/test-plane.ts";

let upstream: FakeUpstream;
let clock: Clock;
let plane: QueryPlane;
beforeEach(async () => {
  clock = { nowMs: START_MS };
  upstream = await startFakeUpstream("prometheus", () => vectorReply("1"));
  plane = planeOver([upstream], clock);
});
afterEach(() => upstream.close());

const up = () => plane.instant(queryContext(), { expr: "up" });

describe("answers", () => {
  test("instant: data with its provenance, and the query for view query", async () => {
    const traced: unknown[] = [];
    const answer = await plane.instant(
      { ...queryContext(), trace: (query) => traced.push(query) },
      { expr: "up" },
    );
    expect(answer).toEqual({
      data: [{ labels: { job: "node" }, timestampSeconds: 1_800_000_000, value: 1 }],
      asOf: "2027-01-15T08:00:00.000Z",
      stale: false,
      partial: false,
      warnings: [],
    });
    expect(traced).toEqual([{ source: upstream.source.name, expr: "up" }]);
  });
  test("no data has no asOf; NaN is no data", async () => {
    upstream.answer = () => vectorReply("NaN");
    expect(await up()).toMatchObject({ data: [{ value: null }], asOf: null });
  });
  test("range: on the grid, as of its newest point", async () => {
    answerRanges(upstream);
    clock.nowMs += 59_999;
    const { data, asOf } = await plane.range(queryContext(), lastHour(clock));
    expect(data.startSeconds).toBe(1_800_000_000 - 3_600);
    expect(data.series[0]?.values).toHaveLength(61);
    expect(asOf).toBe("2027-01-15T08:00:00.000Z");
    expect(upstream.requests[0]).toMatchObject({
      path: "/api/v1/query_range",
      params: { start: "1799996400", end: "1800000000", step: "60" },
    });
  });
});

describe("what never reaches the source", () => {
  test.each([
    [
      { expr: "sum(" },
      { code: "bad_query", fields: [{ path: "expr", message: "1:5: syntax error at the end" }] },
    ],
    [
      { expr: "up", source: "nope" },
      { code: "invalid", fields: [{ path: "source" }] },
    ],
  ])("%j", async (query, error) => {
    await expect(plane.instant(queryContext(), query)).rejects.toMatchObject(error);
    expect(upstream.requests).toEqual([]);
  });
  test.each([
    [{ toMs: 0 }, { code: "invalid", fields: [{ path: "toMs" }] }],
    [{ stepSeconds: 0 }, { code: "invalid", fields: [{ path: "stepSeconds" }] }],
    [{ fromMs: 0 }, { code: "query_too_expensive" }],
    [{ fromMs: 1_799_900_000_000, stepSeconds: 1 }, { code: "query_too_expensive" }],
  ])("a range with %j", async (more, error) => {
    await expect(plane.range(queryContext(), { ...lastHour(clock), ...more })).rejects.toMatchObject(error);
    expect(upstream.requests).toEqual([]);
  });
  test("an actor without a role", async () => {
    const nobody = { ...queryContext(), actor: personWith() };
    await expect(plane.instant(nobody, { expr: "up" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(plane.alerts(nobody)).rejects.toMatchObject({ code: "forbidden" });
    expect(upstream.requests).toEqual([]);
  });
  test("no source of that kind", async () => {
    await expect(plane.alerts(queryContext())).rejects.toMatchObject({ code: "unavailable" });
  });
});

test("a hostile service name arrives as the one value of one selector", async () => {
  const hostile = fc.oneof(fc.constant('a"}or vector(1)#'), fc.string({ unit: "grapheme" }));
  await fc.assert(
    fc.asyncProperty(hostile, async (service) => {
      const before = upstream.requests.length;
      const expr = selector("http_requests_total", { service: eq(service) });
      await plane.instant(queryContext(), { expr, maxAgeMs: 0 });
      expect(upstream.requests).toHaveLength(before + 1);
      expect(upstream.requests.at(-1)?.params.query).toBe(expr);
    }),
    { numRuns: 50 },
  );
});

describe("cache", () => {
  test("an instant answer is current for ten seconds, or as long as the caller says", async () => {
    await up();
    clock.nowMs += 9_999;
    await up();
    await plane.instant(queryContext(), { expr: "up", atMs: clock.nowMs });
    expect(upstream.requests).toHaveLength(1);
    clock.nowMs += 1;
    await up();
    expect(upstream.requests).toHaveLength(2);
    clock.nowMs += 1;
    await plane.instant(queryContext(), { expr: "up", maxAgeMs: 1 });
    expect(upstream.requests).toHaveLength(3);
  });
  test("another time, another expression and another kind of question are other answers", async () => {
    answerRanges(upstream);
    await plane.range(queryContext(), lastHour(clock));
    await plane.range(queryContext(), { ...lastHour(clock), stepSeconds: 120 });
    await plane.range(queryContext(), { ...lastHour(clock), expr: "down" });
    await plane.range(queryContext(), {
      ...lastHour(clock),
      fromMs: clock.nowMs - 7_200_000,
      toMs: clock.nowMs - 3_600_000,
    });
    expect(upstream.requests).toHaveLength(4);
    upstream.answer = () => vectorReply("1");
    await up();
    await plane.instant(queryContext(), { expr: "up", atMs: clock.nowMs - 60_000 });
    expect(upstream.requests).toHaveLength(6);
    expect(upstream.requests.at(-1)?.params.time).toBe("1799999940.000");
  });
  test("two sources never share an answer", async () => {
    const other = await startFakeUpstream("prometheus", () => vectorReply("2"));
    const both = planeOver([upstream, other], clock);
    const ask = (source: string) => both.instant(queryContext(), { expr: "up", source });
    expect((await ask(upstream.source.name)).data[0]?.value).toBe(1);
    expect((await ask(other.source.name)).data[0]?.value).toBe(2);
    await other.close();
  });
  test("a range is asked for again when its grid has moved", async () => {
    answerRanges(upstream);
    await plane.range(queryContext(), lastHour(clock));
    clock.nowMs += 9_000;
    await plane.range(queryContext(), lastHour(clock));
    expect(upstream.requests).toHaveLength(1);
    clock.nowMs += 51_000;
    await plane.range(queryContext(), lastHour(clock));
    expect(upstream.requests).toHaveLength(2);
  });
});

describe("concurrent callers", () => {
  test("equal questions are asked once", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, up));
    expect(new Set(answers.map(({ asOf }) => asOf))).toEqual(new Set(["2027-01-15T08:00:00.000Z"]));
    expect(upstream.requests).toHaveLength(1);
  });
  test("one may leave; when all have left, the source is told", async () => {
    const open: (() => void)[] = [];
    upstream.answer = () =>
      new Promise((resolve) => {
        open.push(() => resolve(vectorReply("1")));
      });
    const callers = [new AbortController(), new AbortController()];
    const asked = callers.map(({ signal }) => plane.instant(queryContext(signal), { expr: "up" }));
    await expect.poll(() => open.length).toBe(1);
    callers[0]?.abort();
    await expect(asked[0]).rejects.toMatchObject({ code: "cancelled" });
    open[0]?.();
    expect(await asked[1]).toMatchObject({ stale: false });

    const gone = new AbortController();
    const alone = plane.instant(queryContext(gone.signal), { expr: "down" });
    await expect.poll(() => open.length).toBe(2);
    gone.abort();
    await expect(alone).rejects.toMatchObject({ code: "cancelled" });
    await expect.poll(() => upstream.requests[1]?.hungUp).toBe(true);
  });
  test("no more than the source's share at once", async () => {
    let running = 0;
    let most = 0;
    upstream.answer = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      return vectorReply("1");
    };
    await Promise.all(Array.from({ length: 20 }, (_, i) => plane.instant(queryContext(), { expr: `x${i}` })));
    expect(most).toBe(4);
  });
  test("a queue that is full turns callers away", async () => {
    plane = planeOver([upstream], clock, { maxConcurrent: 1, maxWaiting: 1 });
    const asked = await Promise.allSettled(
      ["a", "b", "c"].map((expr) => plane.instant(queryContext(), { expr })),
    );
    expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(asked[2]).toMatchObject({ reason: { code: "upstream_unavailable" } });
  });
});

test("label values and rule alerts pass the same way", async () => {
  upstream.answer = () => ({ body: JSON.stringify({ status: "success", data: ["a", "b"] }) });
  expect(await plane.labelValues(queryContext(), { label: "job", match: "up" })).toMatchObject({
    data: ["a", "b"],
  });
  await plane.labelValues(queryContext(), { label: "job", match: "up" });
  expect(upstream.requests).toHaveLength(1);
  await expect(plane.labelValues(queryContext(), { label: "job", match: "up{" })).rejects.toMatchObject({
    code: "bad_query",
  });
  upstream.answer = () => ({ body: JSON.stringify({ status: "success", data: { alerts: [] } }) });
  expect(await plane.ruleAlerts(queryContext())).toMatchObject({
    data: [],
    asOf: "2027-01-15T08:00:00.000Z",
  });
});

test("counts what it did, by source and outcome", async () => {
  await Promise.all([up(), up()]);
  await up();
  upstream.answer = () => errorReply(400, "bad_data", "no");
  await plane.instant(queryContext(), { expr: "down" }).catch(() => undefined);
  clock.nowMs += 60_000;
  upstream.answer = () => GATEWAY_DOWN;
  await up();
  const { values } = await queryMetrics().queries.get();
  const source = `prometheus/${upstream.source.name}`;
  const own = values.filter(({ labels }) => labels.source === source);
  expect(Object.fromEntries(own.map(({ labels, value }) => [labels.outcome, value]))).toEqual({
    fetched: 1,
    merged: 1,
    hit: 1,
    bad_query: 1,
    stale: 1,
  });
  expect(await metricsRegistry().metrics()).toContain(
    `burnline_query_upstream_in_flight{source="${source}"} 0`,
  );
});
