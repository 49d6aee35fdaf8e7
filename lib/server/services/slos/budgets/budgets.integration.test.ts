import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { saveStates, type StateRecord } from "#lib/server/db/slo-state.repo.ts";
import { transaction } from "#lib/server/db/client.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { createSlo } from "../create.ts";
import { listJourneys } from "../journeys/list.ts";
import { mapWithBudgets, readBudgets } from "./briefs.ts";

const FRESH_MS = 1_000;

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().$executeRaw`truncate slos cascade`;
  const now = performance.now();
  // A reading is shared for a second: each test begins after it.
  vi.spyOn(performance, "now").mockReturnValue(now + 2 * FRESH_MS);
});

async function slo(more: Partial<SloDefinition>): Promise<string> {
  return (await createSlo(ADMIN, { definition: soundDefinition(more) }, testCaller())).id;
}

function budget(status: SloStatus, left: number | null): Budget {
  return {
    objective: 0,
    target: 0.999,
    window: "30d",
    group: {},
    status,
    since: "2026-11-20T12:00:00.000Z",
    atRisk: false,
    lowTraffic: false,
    budgetConsumedRatio: left === null ? null : 1 - left,
    budgetRemainingRatio: left,
    budgetRemainingEvents: null,
    budgetRemainingMinutes: null,
    budgetMinutes: 43.2,
    timeToExhaustionSeconds: 3_600,
    lasts: false,
    paceRatio: null,
    errorRatio: { window: 0.0004 },
    burnRate: { "6h": 3 },
    sustainedBurnRate: 3,
    bad: 4,
    total: 10_000,
    coverage: null,
    tiers: [],
    silenced: false,
  };
}

async function evaluated(
  states: readonly [sloId: string, status: SloStatus, left: number | null][],
  at = new Date(),
) {
  const records = states.map(([sloId, status, left]): StateRecord => ({
    ...{ sloId, objective: 0, groupKey: "{}", version: 1, status, evaluatedAt: at },
    evaluated: { budget: budget(status, left), sums: [], openSlot: null, newestSampleMs: null },
    held: { shown: status, sinceMs: 0, held: [], periodStartMs: null },
  }));
  await transaction((tx) => saveStates(tx, records, at));
}

describe("budgets in brief", () => {
  it("stand with what they are of, worst first; drafts are none", async () => {
    const good = await slo({ name: "good" });
    const bad = await slo({ name: "bad" });
    const disk = await slo({ name: "disk", service: null, node: "nas1" });
    await createSlo(ADMIN, { definition: soundDefinition({ name: "wish" }), draft: true }, testCaller());
    await evaluated([
      [good, "healthy", 0.9],
      [bad, "critical", 0.16],
      [disk, "no_traffic", null],
    ]);
    const { services, nodes, journeys, missing } = await readBudgets(ADMIN);
    expect(services.get("checkout")).toMatchObject([
      { id: bad, status: "critical", budgetRemainingRatio: 0.16, sustainedBurnRate: 3, window: "30d" },
      { id: good, status: "healthy" },
    ]);
    expect(nodes.get("nas1")).toMatchObject([{ id: disk, status: "no_traffic", budgetRemainingRatio: null }]);
    expect([journeys, missing]).toEqual([[], null]);
  });

  it("say nothing before the first evaluation, and no data once the last is too old", async () => {
    const fresh = await slo({ name: "fresh" });
    const old = await slo({ name: "old" });
    await evaluated([[old, "healthy", 0.9]], new Date(Date.now() - 600_000));
    const briefs = (await readBudgets(ADMIN)).services.get("checkout");
    expect(briefs).toMatchObject([
      { id: old, status: "no_data", budgetRemainingRatio: null },
      { id: fresh, status: null, budgetRemainingRatio: null },
    ]);
  });

  it("are read once for all who ask within a second", async () => {
    await slo({ name: "first" });
    const [one, two] = await Promise.all([readBudgets(ADMIN), readBudgets(ADMIN)]);
    await slo({ name: "second" });
    const three = await readBudgets(ADMIN);
    for (const { services } of [one, two, three]) expect(services.get("checkout")).toHaveLength(1);
  });

  it("are of services in sight alone for whoever is confined", async () => {
    await slo({ name: "mine" });
    await slo({ name: "disk", service: null, node: "nas1" });
    const confined = {
      ...ADMIN,
      confinement: [{ label: "service", operator: "=", value: "search" }],
    } as const;
    const { services, nodes } = await readBudgets(confined);
    expect([services.size, nodes.size]).toEqual([0, 0]);
  });

  it("missing, make an answer partial and say so", () => {
    const measured = { data: 1, asOf: null, stale: false, partial: false, warnings: ["w"] };
    const gone = {
      services: new Map(),
      nodes: new Map(),
      journeys: [],
      missing: "the database is out of reach",
    };
    expect(mapWithBudgets(measured, gone, (data) => data + 1)).toMatchObject({
      data: 2,
      partial: true,
      warnings: ["w", "budgets missing: the database is out of reach"],
    });
  });
});

describe("journeys", () => {
  it("come with their steps' budgets; without a source, what users waited is said to be missing", async () => {
    const pay = await slo({ name: "payment" });
    const journey = await slo({
      name: "purchase",
      service: null,
      sli: {
        kind: "composite",
        combine: "serial",
        businessImpact: "high",
        steps: [{ name: "Pay", slo: "checkout/payment", onCriticalPath: true }],
      },
    });
    await evaluated([
      [pay, "warning", 0.4],
      [journey, "warning", 0.3],
    ]);
    const answer = await listJourneys(ADMIN, {}, { signal: AbortSignal.timeout(5_000) });
    expect(answer.data.journeys).toMatchObject([
      {
        slo: { id: journey, status: "warning" },
        combine: "serial",
        businessImpact: "high",
        steps: [{ name: "Pay", key: "checkout/payment", weight: null, slo: { id: pay, status: "warning" } }],
        clientLatency: null,
      },
    ]);
    expect(answer.partial).toBe(true);
    expect(answer.warnings.join()).toContain("what users waited is missing");
  });
});
