import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { QUERY_LIMITS } from "./limits.ts";
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

describe("a source in trouble", () => {
  test.each([
    ["unreachable", GATEWAY_DOWN],
    ["slow", errorReply(503, "timeout", "query timed out in expression evaluation")],
    ["broken", errorReply(500, "internal", "disk on fire")],
    ["behind a login page", { contentType: "text/html", body: "<html>Sign in</html>" }],
    ["misread", { body: '{"status":"success","data":{"resultType":"vector","result":[{"metric":1}]}}' }],
    ["busy", { status: 429, contentType: "text/plain", body: "slowly" }],
    ["moved", { status: 302, headers: { location: "/login" }, body: "" }],
    ["not routed", { status: 404, contentType: "text/plain", body: "404 page not found" }],
    ["too talkative", { body: "x".repeat(QUERY_LIMITS.maxBodyBytes + 1) }],
  ])("%s: the last good answer stands in, with its own time", async (_, reply) => {
    const good = await up();
    upstream.answer = () => reply;
    clock.nowMs += 60_000;
    const answer = await up();
    expect(answer).toMatchObject({ data: good.data, asOf: good.asOf, stale: true });
    expect(answer.warnings[0]).toMatch(/^older data is shown: /);
    clock.nowMs += 24 * 3_600_000;
    await expect(up()).rejects.toMatchObject({ fault: expect.stringMatching(/down|slow|foreign/) as string });
  });
  test("nothing stands in for what was never answered", async () => {
    upstream.answer = () => GATEWAY_DOWN;
    await expect(up()).rejects.toMatchObject({ code: "upstream_unavailable" });
  });
  test("a bad query is told as it is, never covered up", async () => {
    await up();
    upstream.answer = () => errorReply(422, "execution", "found duplicate series for the match group {}");
    clock.nowMs += 60_000;
    await expect(up()).rejects.toMatchObject({
      code: "bad_query",
      message: "found duplicate series for the match group {}",
    });
  });
  test("an older range is moved onto the asked grid; what it does not know is a gap", async () => {
    answerRanges(upstream);
    const good = await plane.range(queryContext(), lastHour(clock));
    upstream.answer = () => GATEWAY_DOWN;
    clock.nowMs += 5 * 60_000;
    const { data, stale, asOf } = await plane.range(queryContext(), lastHour(clock));
    expect({ stale, asOf }).toEqual({ stale: true, asOf: good.asOf });
    expect(data.startSeconds).toBe(good.data.startSeconds + 300);
    const values = data.series[0]?.values ?? [];
    expect(values).toHaveLength(61);
    expect(values[0]).toBe(data.startSeconds);
    expect(values.slice(-6)).toEqual([1_800_000_000, null, null, null, null, null]);
  });
  test("an older range that shares no point with the asked one does not stand in", async () => {
    answerRanges(upstream);
    await plane.range(queryContext(), lastHour(clock));
    upstream.answer = () => GATEWAY_DOWN;
    clock.nowMs += 2 * 3_600_000;
    await expect(plane.range(queryContext(), lastHour(clock))).rejects.toMatchObject({
      code: "upstream_unavailable",
    });
  });
});

describe("circuit breaker", () => {
  const ask = (n: number) =>
    plane.instant(queryContext(), { expr: `x${n}` }).catch((error: unknown) => error);

  test("opens after failures in a row, leaves the source alone, and recovers", async () => {
    upstream.answer = () => GATEWAY_DOWN;
    for (const n of [1, 2, 3]) await ask(n);
    expect(await ask(4)).toMatchObject({ code: "upstream_unavailable", fault: "down" });
    expect(upstream.requests).toHaveLength(3);
    upstream.answer = () => vectorReply("1");
    await expect.poll(() => ask(5), { timeout: 2_000, interval: 20 }).toMatchObject({ stale: false });
    expect(upstream.requests).toHaveLength(4);
    expect(await ask(6)).toMatchObject({ stale: false });
  });
  test.each([
    ["bad queries", errorReply(400, "bad_data", "no such function")],
    ["slow queries", errorReply(503, "timeout", "query timed out in expression evaluation")],
    ["expensive queries", errorReply(422, "execution", "query processing would load too many samples")],
  ])("%s never open it", async (_, reply) => {
    upstream.answer = () => reply;
    for (const n of [1, 2, 3, 4, 5, 6]) await ask(n);
    expect(upstream.requests).toHaveLength(6);
  });
  test("while it is open, the last good answer stands in", async () => {
    await up();
    upstream.answer = () => GATEWAY_DOWN;
    for (const n of [1, 2, 3]) await ask(n);
    clock.nowMs += 60_000;
    expect(await up()).toMatchObject({ stale: true, data: [{ value: 1 }] });
    expect(upstream.requests).toHaveLength(4);
  });
});
