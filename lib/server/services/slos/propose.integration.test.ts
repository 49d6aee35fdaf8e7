import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Proposal } from "#lib/contracts/slos.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { runDiscovery } from "#lib/server/services/discovery/run.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { DAY_MS, KNOWN_CLUSTER, nowMs } from "#lib/server/testing/known-cluster.ts";
import { startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, writeSeries } from "#lib/server/testing/write-series.ts";
import { createSlo } from "./create.ts";
import { proposeSlos } from "./propose.ts";

const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  closers.push(connectDatabase(await freshDatabase()));
  const prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  closers.push(prometheus.remove);
  const past = { fromMs: nowMs - 30 * DAY_MS, toMs: nowMs, stepMs: 120_000 };
  await writeSeries(prometheus.url, KNOWN_CLUSTER, past);
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  vi.useFakeTimers({ now: nowMs, toFake: ["Date"] });
  await runDiscovery(SYSTEM_ACTOR, testCaller());
});
afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await Promise.all(closers.map((close) => close()));
});

async function proposals(question: object = {}, actor = ADMIN): Promise<Map<string, Proposal>> {
  const { data } = await proposeSlos(actor, question, testCaller());
  const parsed = data.proposals.map((one) => Proposal.parse(one));
  return new Map(parsed.map((one) => [sloKey(one.definition), one]));
}

test("proposes what the metrics can measure, with targets that would have been met", async () => {
  const found = await proposals();
  const pay = found.get("pay/availability");
  // Six of a hundred requests fail: 90 % would have left 40 % of its budget, 95 % would have been missed.
  expect(pay?.measured.goodRatio).toBeCloseTo(0.94, 3);
  expect(pay?.definition).toMatchObject({ tier: "essential", objectives: [{ target: 0.9 }] });
  expect(pay?.reasons.join(" ")).toContain("99.9 % would have been missed");
  // The histogram has no `_count`: it cannot be told how many requests there were.
  expect(found.get("pay/latency")?.measured.goodRatio).toBeNull();
  expect(found.get("pay/latency")?.definition.sli).toMatchObject({ thresholdSeconds: 0.5 });
  expect(found.get("cart/availability")).toMatchObject({
    tier: { tier: "essential", rationale: ["pay is essential and depends on it.", expect.any(String)] },
    definition: { sli: { requests: { metric: "http_server_request_duration_seconds_count" } } },
  });
  expect(found.get("node:nas1/reachable")?.definition.objectives[0]?.target).toBe(0.999);
  // Down for the newest two of 720 hours.
  const ai2 = found.get("node:ai2/reachable");
  expect(ai2?.measured.goodRatio).toBeCloseTo(1 - 2 / 720, 3);
  expect(ai2?.definition.objectives[0]?.target).toBe(0.995);
  // 94 % full for as long as its disk is looked at: no target there can be promised above what was.
  expect(found.get("node:nas1/disk-headroom")?.measured.goodRatio).toBeGreaterThan(0.9);
});

test("asks about one service or node, and knows what exists", async () => {
  const ofPay = await proposals({ service: "pay" });
  expect([...ofPay.keys()]).toEqual(["pay/availability", "pay/latency"]);
  const { definition } = ofPay.get("pay/availability")!;
  await createSlo(ADMIN, { definition }, testCaller());
  expect([...(await proposals({ service: "pay" })).values()].map(({ exists }) => exists)).toEqual([
    true,
    false,
  ]);
  expect([...(await proposals({ node: "nas1" })).keys()]).toEqual([
    "node:nas1/reachable",
    "node:nas1/saturation",
    "node:nas1/disk-headroom",
  ]);
  expect((await proposals({ service: "nobody" })).size).toBe(0);
});

test("shows a confined person their own services alone", async () => {
  const confinement = [{ label: "service", operator: "=", value: "pay" }] as const;
  const found = await proposals({}, { ...ADMIN, confinement: [...confinement] });
  expect([...found.keys()].filter((key) => !key.startsWith("pay/"))).toEqual([]);
});
