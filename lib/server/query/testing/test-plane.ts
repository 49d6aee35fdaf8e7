import "server-only";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { QUERY_LIMITS } from "../limits.ts";
import { QueryPlane } from "../plane.ts";
import type { QueryContext } from "../types.ts";
import { guardPerSource } from "../upstream-guard.ts";
import type { FakeUpstream, Reply } from "./fake-upstream.ts";

export const TEST_GUARD = { maxConcurrent: 4, maxWaiting: 100, failuresToOpen: 3, openMs: 150 };
/** 2027-01-15T08:00:00Z, a multiple of every step the tests use. */
export const START_MS = 1_800_000_000_000;
/** What a proxy says when the source behind it is gone. */
export const GATEWAY_DOWN: Reply = { status: 502, contentType: "text/html", body: "<h1>Bad Gateway</h1>" };

/** A clock that stands still until it is told to move. */
export interface Clock {
  nowMs: number;
}

/** A plane over stand-ins, on a clock of the test's own. */
export function planeOver(
  upstreams: readonly FakeUpstream[],
  clock: Clock,
  guard: Partial<typeof TEST_GUARD> = {},
): QueryPlane {
  return new QueryPlane({
    sources: () => upstreams.map(({ source }) => source),
    nowMs: () => clock.nowMs,
    limits: QUERY_LIMITS,
    guardOf: guardPerSource({ ...TEST_GUARD, ...guard }),
  });
}

export function queryContext(signal = new AbortController().signal): QueryContext {
  return { actor: ADMIN, signal };
}

/** The last hour in steps of a minute. */
export function lastHour({ nowMs }: Clock) {
  return { expr: "up", fromMs: nowMs - 3_600_000, toMs: nowMs, stepSeconds: 60 };
}

/** Answers every range with one series whose value is the evaluation time itself. */
export function answerRanges(upstream: FakeUpstream): void {
  upstream.answer = ({ params }) => {
    const values: [number, string][] = [];
    for (let t = Number(params.start); t <= Number(params.end); t += Number(params.step)) {
      values.push([t, String(t)]);
    }
    const result = [{ metric: { job: "node" }, values }];
    return { body: JSON.stringify({ status: "success", data: { resultType: "matrix", result } }) };
  };
}
