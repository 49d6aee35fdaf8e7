import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { recentLogs } from "./loki/logs.ts";
import type { QueryPlane } from "./plane.ts";
import { type FakeUpstream, startFakeUpstream } from "./testing/fake-upstream.ts";
import {
  answerRanges,
  type Clock,
  GATEWAY_DOWN,
  lastHour,
  planeOver,
  START_MS,
} from "./testing/test-plane.ts";
import type { QueryContext } from "./types.ts";

const confinedTo = (value: string): QueryContext => {
  const confinement: LabelMatcher[] = [{ label: "namespace", operator: "=", value }];
  const actor: Actor = { ...ADMIN, confinement };
  return { actor, signal: new AbortController().signal };
};
const everything: QueryContext = { actor: ADMIN, signal: new AbortController().signal };
const prod = confinedTo("prod");
const WHO = [everything, prod, confinedTo("test")];
const queriesOf = ({ requests }: FakeUpstream) => requests.map(({ params }) => params.query);

let prometheus: FakeUpstream;
let clock: Clock;
let plane: QueryPlane;
beforeEach(async () => {
  // Answers with the question, so that a wrong share shows.
  prometheus = await startFakeUpstream("prometheus", ({ params }) => {
    const result = [{ metric: { asked: params.query ?? "" }, value: [START_MS / 1000, "1"] }];
    return { body: JSON.stringify({ status: "success", data: { resultType: "vector", result } }) };
  });
  clock = { nowMs: START_MS };
  plane = planeOver([prometheus], clock);
});
afterEach(() => prometheus.close());

const QUERIES = ["up", 'up{namespace="prod"}', 'up{namespace="test"}'];
const askedBy = async (context: QueryContext) =>
  (await plane.instant(context, { expr: "up" })).data[0]?.labels.asked;

describe("answers", () => {
  it("are asked for within the matchers, and the page is told the query that was asked", async () => {
    const traced: string[] = [];
    await plane.instant({ ...prod, trace: ({ expr }) => void traced.push(expr) }, { expr: "up" });
    expect(queriesOf(prometheus)).toEqual(['up{namespace="prod"}']);
    expect(traced).toEqual(['up{namespace="prod"}']);
  });

  it("are shared by equally confined actors alone, at once and later", async () => {
    for (let round = 0; round < 2; round += 1) {
      expect(await Promise.all([...WHO, ...WHO].map(askedBy))).toEqual([...QUERIES, ...QUERIES]);
    }
    expect(queriesOf(prometheus).sort()).toEqual([...QUERIES].sort());
  });

  it("of others never stand in for a source that is away", async () => {
    await askedBy(everything);
    prometheus.answer = () => GATEWAY_DOWN;
    await expect(askedBy(prod)).rejects.toMatchObject({ code: "upstream_unavailable" });
  });

  it("without selectors are not shared either", async () => {
    await Promise.all(WHO.map((context) => plane.instant(context, { expr: "1 + 1" })));
    expect(prometheus.requests).toHaveLength(3);
  });

  test("over a range keep to it too", async () => {
    answerRanges(prometheus);
    await Promise.all(WHO.map((context) => plane.range(context, lastHour(clock))));
    expect(queriesOf(prometheus).sort()).toEqual([...QUERIES].sort());
  });
});

test("label values come from the actor's own series", async () => {
  prometheus.answer = () => ({ body: '{"status":"success","data":[]}' });
  for (const context of WHO) {
    await plane.labelValues(context, { label: "job" });
    await plane.labelValues(context, { label: "job", match: "up" });
  }
  expect(prometheus.requests.map(({ params }) => params["match[]"])).toEqual([
    undefined,
    "up",
    '{__name__!="",namespace="prod"}',
    'up{namespace="prod"}',
    '{__name__!="",namespace="test"}',
    'up{namespace="test"}',
  ]);
});

describe("alerts", () => {
  const NAMES: Record<string, Record<string, string>> = {
    Prod: { namespace: "prod" },
    Test: { namespace: "test" },
    Nowhere: {},
  };
  const own = Object.entries(NAMES).map(([alertname, labels]) => ({ alertname, ...labels }));
  const since = "2026-01-01T00:00:00Z";
  const ruled = own.map((labels) => ({ labels, annotations: {}, state: "firing", activeAt: since }));
  const managed = own.map((labels) => {
    const status = { state: "active" };
    return { fingerprint: labels.alertname, labels, annotations: {}, startsAt: since, status };
  });

  test.each(["ruleAlerts", "alerts"] as const)(
    "%s are those whose labels satisfy the matchers",
    async (read) => {
      const manager = await startFakeUpstream("alertmanager", () => ({ body: JSON.stringify(managed) }));
      prometheus.answer = () => ({ body: JSON.stringify({ status: "success", data: { alerts: ruled } }) });
      const both = planeOver([prometheus, manager], clock);
      const namesFor = async (context: QueryContext) =>
        (await both[read](context)).data.map(({ labels }) => labels.alertname);
      expect(await namesFor(everything)).toEqual(["Prod", "Test", "Nowhere"]);
      expect(await namesFor(prod)).toEqual(["Prod"]);
      expect(await namesFor(confinedTo("test"))).toEqual(["Test"]);
      expect(await namesFor(confinedTo(""))).toEqual(["Nowhere"]);
      expect(await namesFor(everything)).toHaveLength(3);
      await manager.close();
    },
  );
});

test("log lines come from the actor's own streams, and are not shared", async () => {
  const body = JSON.stringify({ status: "success", data: { resultType: "streams", result: [] } });
  const loki = await startFakeUpstream("loki", () => ({ body }));
  const range = { fromMs: START_MS - 60_000, toMs: START_MS };
  for (const context of [...WHO, ...WHO]) {
    await recentLogs(context, { labels: { service: "pay" } }, range, 10, [loki.source]);
  }
  expect(queriesOf(loki)).toEqual([
    '{service="pay"}',
    '{namespace="prod",service="pay"}',
    '{namespace="test",service="pay"}',
  ]);
  await loki.close();
});
