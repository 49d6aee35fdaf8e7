import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import type { SPEND_DIMENSIONS } from "#lib/domain/slo/budget/attribution.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { slotAt } from "#lib/domain/slo/slots/slot.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { recordDiscovered } from "#lib/server/services/catalogue/record-discovered.ts";
import { VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { evaluateAll, makeSlo, writeLedger } from "./budget-testing.ts";
import { getSpend } from "./spend.ts";

const HOUR_MS = 3_600_000;
const SLOT_MS = 300_000;
const NOW_MS = Date.now();
/** Seven days, and an hour before them for the first edge. */
const FROM_MS = NOW_MS - 7 * 24 * HOUR_MS - 2 * HOUR_MS;
/** /pay fails one request in ten for five hours three days ago; on ai2 alone. */
const OUTAGE_FROM = slotAt(NOW_MS - 72 * HOUR_MS) * SLOT_MS;
const OUTAGE_TO = OUTAGE_FROM + 5 * HOUR_MS;

const seconds = (tMs: number) => (tMs - FROM_MS) / 1000;
const inOutage = (tMs: number) => Math.max(0, Math.min(tMs, OUTAGE_TO) - OUTAGE_FROM) / 1000;
const counter = (labels: Record<string, string>, valueAt: (tMs: number) => number): WrittenSeries => ({
  name: "http_requests_total",
  labels: { job: "shop", service: "shop", ...labels },
  valueAt,
});
const pay = { route: "/pay", node: "ai2", instance: "b:1" };
const cart = { route: "/cart", node: "ai1", instance: "a:1" };
const SERIES = [
  counter({ ...pay, status: "200" }, (t) => seconds(t) * 2 - inOutage(t) * 0.2),
  counter({ ...pay, status: "500" }, (t) => inOutage(t) * 0.15),
  counter({ ...pay, status: "504" }, (t) => inOutage(t) * 0.05),
  counter({ ...cart, status: "200" }, (t) => seconds(t) * 6 - seconds(t) * 0.001),
  // A steady trickle: one in 6,000.
  counter({ ...cart, status: "500" }, (t) => seconds(t) * 0.001),
];

const WEEK: SloDefinition["objectives"] = [{ target: 0.999, window: { kind: "rolling", days: 7 } }];
const [template] = templateDefinitions("api", {
  service: "shop",
  owner: null,
  tier: null,
  runbookUrl: null,
  names: METRIC_PRESETS.prometheus,
}) as [SloDefinition];
const AVAILABILITY: SloDefinition = { ...template, objectives: WEEK };
const SLICES: SloDefinition = {
  ...AVAILABILITY,
  name: "slices",
  budgeting: { method: "timeslices", sliceMinutes: 5, sliceGood: { operator: ">=", value: 0.99 } },
};
const JOURNEY: SloDefinition = {
  ...AVAILABILITY,
  name: "buy",
  service: null,
  sli: {
    kind: "composite",
    combine: "serial",
    businessImpact: "high",
    steps: [{ name: "pay", slo: "shop/availability", onCriticalPath: true }],
  },
};

/** What the counters counted in a slot. */
function counted(ago: number) {
  const start = (slotAt(NOW_MS) - ago) * SLOT_MS;
  const [from, to] = [start, start + SLOT_MS];
  return { bad: (inOutage(to) - inOutage(from)) * 0.2 + 0.3, total: 2400 };
}

const ids: Record<string, string> = {};
let prometheus: RealServer;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  await writeSeries(prometheus.url, SERIES, { fromMs: FROM_MS, toMs: NOW_MS, stepMs: 30_000 });
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  const shop = { kind: "api", namespace: null, nodes: [], metricPreset: "prometheus", tier: null } as const;
  await recordDiscovered(SYSTEM_ACTOR, [{ ...shop, name: "shop", team: null, dependencies: [] }], new Date());
  for (const definition of [AVAILABILITY, SLICES]) {
    ids[definition.name] = await makeSlo(definition);
    await writeLedger(definition, 7 * 288, NOW_MS, counted);
  }
  ids.buy = await makeSlo(JOURNEY);
  await evaluateAll(NOW_MS, { bad: 0, total: 0 });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await prometheus.remove();
  await disconnect();
});

const spendOf = async (name: string, by: (typeof SPEND_DIMENSIONS)[number]) =>
  (await getSpend(VIEWER, { id: ids[name], by }, testCaller())).data;

/** 5 h at 0.2 a second, and a week at 0.3 a slot. */
const OUTAGE = 3600;
const TRICKLE = (7 * 288 - 1) * 0.3;

describe("who spent it", () => {
  it("names the route of the outage first; the parts add up to what the ledger counted", async () => {
    const { parts, label } = await spendOf("availability", "route");
    expect(label).toBe("route");
    expect(parts.map(({ name }) => name).slice(0, 2)).toEqual(["/pay", "/cart"]);
    expect(parts.reduce((sum, { bad }) => sum + bad, 0)).toBeCloseTo(OUTAGE + TRICKLE, 3);
    expect(parts[0]!.bad / OUTAGE).toBeCloseTo(1, 2);
    expect(parts[1]!.bad / TRICKLE).toBeCloseTo(1, 1);
    // 3,600 of 2 a second for a week.
    expect(parts[0]!.errorRatio).toBeCloseTo(3600 / (2 * 7 * 86_400), 4);
    expect(parts[0]!.burnRate).toBe(0);
    expect(parts[1]!.burnRate).toBeCloseTo(0.001 / 6 / 0.001, 2);
  });

  it.each([
    ["node", ["ai2", "ai1"]],
    ["instance", ["b:1", "a:1"]],
  ] as const)("splits by %s", async (by, names) => {
    const { parts } = await spendOf("availability", by);
    expect(parts.map(({ name }) => name).slice(0, 2)).toEqual(names);
  });

  it("splits by status, which has no events of its own", async () => {
    const { parts } = await spendOf("availability", "status");
    expect(parts.map(({ name, errorRatio, burnRate }) => [name, errorRatio, burnRate])).toEqual([
      ["500", null, null],
      ["504", null, null],
    ]);
    expect(parts[1]!.bad).toBeCloseTo(OUTAGE / 4, -1);
  });

  it.each([
    ["slices", /as a whole/],
    ["buy", /steps/],
  ])("says why %s cannot be split", async (name, reason) => {
    const spend = await spendOf(name, "route");
    expect(spend.parts).toEqual([]);
    expect(spend.unsplittableReason).toMatch(reason);
  });

  it("refuses what is no way to split, in the field's name", async () => {
    await expect(spendOf("availability", "customer" as never)).rejects.toMatchObject({
      code: "invalid",
      fields: [{ path: "by" }],
    });
  });
});
