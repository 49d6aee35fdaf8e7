import { describe, expect, it, test } from "vitest";
import {
  type BurnAxis,
  type SloStatus,
  type StatusFacts,
  statusAxes,
  statusOfAxes,
  worstSloStatus,
} from "./axes.ts";

const nowMs = Date.parse("2026-11-20T12:00:00Z");
const fine: StatusFacts = {
  nowMs,
  newestSampleMs: nowMs - 15_000,
  historyPending: false,
  window: { noTraffic: false },
  budgetRemainingRatio: 0.7,
  sustainedBurnRate: 0.4,
  badEventsIn6h: 500,
};
const shown = (facts: Partial<StatusFacts>) => statusOfAxes(statusAxes({ ...fine, ...facts }));

describe("the status of the moment", () => {
  it.each<[string, Partial<StatusFacts>, SloStatus]>([
    ["nothing wrong", {}, "healthy"],
    ["a burn of exactly 1x is sustainable", { sustainedBurnRate: 1 }, "healthy"],
    ["just above", { sustainedBurnRate: 1.000001 }, "attention"],
    ["exactly 1.5x", { sustainedBurnRate: 1.5 }, "attention"],
    ["just above 1.5x", { sustainedBurnRate: 1.500001 }, "warning"],
    ["exactly 2x", { sustainedBurnRate: 2 }, "warning"],
    ["just above 2x", { sustainedBurnRate: 2.000001 }, "critical"],
    [
      "a spent budget comes before everything",
      { budgetRemainingRatio: 0, sustainedBurnRate: 0 },
      "exhausted",
    ],
    ["also when the metrics stop", { budgetRemainingRatio: -0.1, newestSampleMs: null }, "exhausted"],
    ["no sample ever", { newestSampleMs: null }, "no_data"],
    ["a history that is still being fetched", { historyPending: true }, "no_data"],
    ["a sample 10 min old still counts", { newestSampleMs: nowMs - 600_000 }, "healthy"],
    ["an older one does not", { newestSampleMs: nowMs - 600_001 }, "no_data"],
    ["a burn unknown", { sustainedBurnRate: null }, "no_data"],
    [
      "no traffic over the whole window",
      { window: { noTraffic: true }, budgetRemainingRatio: null, sustainedBurnRate: 0 },
      "no_traffic",
    ],
    ["silence comes before no traffic", { window: { noTraffic: true }, newestSampleMs: null }, "no_data"],
    ["two bad events prove no more than attention", { sustainedBurnRate: 50, badEventsIn6h: 2 }, "attention"],
    ["three do", { sustainedBurnRate: 50, badEventsIn6h: 3 }, "critical"],
    ["time slices know no low traffic", { sustainedBurnRate: 50, badEventsIn6h: null }, "critical"],
  ])("%s", (_, facts, status) => expect(shown(facts)).toBe(status));

  it("keeps both axes: what burns is known also when the budget is gone", () => {
    const axes = statusAxes({ ...fine, budgetRemainingRatio: -0.1, sustainedBurnRate: 3 });
    expect(axes).toEqual({ budget: "exhausted", burn: "critical", lowTraffic: false });
    expect(statusAxes({ ...fine, budgetRemainingRatio: null }).budget).toBe("unknown");
  });

  it("tells no traffic from low traffic", () => {
    const axes = statusAxes({ ...fine, window: { noTraffic: true }, badEventsIn6h: 0 });
    expect(axes).toEqual({ budget: "available", burn: "no_traffic", lowTraffic: false });
  });

  it("flags low traffic only where it held the status down", () => {
    expect(statusAxes({ ...fine, sustainedBurnRate: 3, badEventsIn6h: 2 }).lowTraffic).toBe(true);
    expect(statusAxes({ ...fine, sustainedBurnRate: 1.2, badEventsIn6h: 2 }).lowTraffic).toBe(false);
  });
});

test.each<[BurnAxis[], SloStatus]>([
  [[], "no_data"],
  [["healthy", "attention"], "attention"],
  [["healthy", "no_traffic", "attention"], "no_traffic"],
  [["no_traffic", "no_data", "healthy"], "no_data"],
  [["no_data", "warning", "critical"], "critical"],
])("of the objectives and groups %j the SLO shows %s", (statuses, worst) => {
  expect(worstSloStatus(statuses)).toBe(worst);
  expect(worstSloStatus([...statuses, "exhausted"])).toBe("exhausted");
});
