import { describe, expect, it, test } from "vitest";
import type { Budget, Spend } from "#lib/contracts/slo-budgets.ts";
import type { SloEntry } from "#lib/contracts/slos.ts";
import { brief } from "#lib/domain/slo/status/testing.ts";
import { byService } from "./by-service.ts";
import { shareOf, splitSlos } from "./node-shares.ts";
import { outlookOf } from "./outlook.ts";

function worst(errors: number | null, target = 0.999): Budget {
  return {
    objective: 0,
    target,
    window: "30d",
    group: {},
    errorRatio: { window: errors },
  } as unknown as Budget;
}

function slo(service: string | null, more: Partial<SloEntry> = {}): SloEntry {
  const name = more.name ?? "availability";
  const base = {
    id: `${service}/${name}`,
    service,
    name,
    sli: "availability",
    version: 1,
    status: "healthy",
  };
  return { ...base, worst: worst(0), ...more } as SloEntry;
}

describe("by service", () => {
  it("the worst SLO speaks for its service, the worst service comes first, drafts promise nothing", () => {
    const services = byService([
      slo("web", { status: "critical", worst: worst(0.01) }),
      slo("auth"),
      slo("web", { name: "latency", worst: worst(0.05, 0.95) }),
      slo("new", { version: 0 }),
      slo(null),
    ]);
    expect(services.map(({ service, status }) => [service, status])).toEqual([
      ["web", "critical"],
      ["auth", "healthy"],
    ]);
    // 99 % of 99.9 % is the worse of the two: 99 / 99.9 = 99.0991, and 95 of 95 is 100.
    expect(services[0]?.performance).toBeCloseTo(99.0990991, 6);
    expect(services[0]?.slos).toHaveLength(2);
  });

  it("without figures there is no performance", () => {
    const silent = [
      slo("web", { worst: null, status: "no_data" }),
      slo("web", { name: "b", worst: worst(null) }),
    ];
    expect(byService(silent)).toMatchObject([{ service: "web", status: "no_data", performance: null }]);
  });
});

describe("split by node", () => {
  it("takes the worst SLO of each service here that counts events", () => {
    const chosen = splitSlos(
      [
        slo("backup", { name: "freshness", sli: "freshness" }),
        slo("web", { name: "latency", sli: "latency" }),
        slo("web"),
        slo("auth", { worst: null }),
        slo("elsewhere"),
        slo(null),
      ],
      new Set(["backup", "web", "auth"]),
    );
    expect(chosen.map(({ id }) => id)).toEqual(["web/latency"]);
  });

  it("a node without a part has no figure, not 0", () => {
    const part = {
      name: "ai1",
      bad: 3,
      badShare: 0.6,
      errorRatio: 0.01,
      budgetConsumedRatio: 0.2,
      burnRate: 1.5,
    };
    const spend: Spend = { by: "node", label: "node", parts: [part], query: "", unsplittableReason: null };
    expect(shareOf("ai1", slo("web"), spend)).toMatchObject({ budgetConsumedRatio: 0.2, burnRate: 1.5 });
    const none = { budgetConsumedRatio: null, burnRate: null };
    expect(shareOf("ai2", slo("web"), spend)).toMatchObject({
      ...none,
      missing: expect.stringContaining("ai2") as string,
    });
    const whole = { ...spend, parts: [], unsplittableReason: "its series carry no node" };
    expect(shareOf("ai1", slo("web"), whole)).toMatchObject({ ...none, missing: "its series carry no node" });
    expect(shareOf("ai1", slo("web"), undefined)).toMatchObject({
      budgetConsumedRatio: null,
      burnRate: null,
    });
  });
});

test.each([
  [brief(), "availability has 58 % left, lasts at 0.4x"],
  [brief({ budgetRemainingRatio: -0.26 }), "availability has -26 % left"],
  [brief({ budgetRemainingRatio: null, status: "no_data" }), "nothing is known of availability"],
  [brief({ status: null }), "not measured yet"],
])("the outlook of a budget in words", (budget, words) => expect(outlookOf(budget)).toBe(words));
