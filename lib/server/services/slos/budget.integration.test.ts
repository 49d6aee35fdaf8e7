import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { DAY_MS, SLOT_MS, slotAt, slotStartMs } from "#lib/domain/slo/slots/slot.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { connectDatabase, read, transaction } from "#lib/server/db/client.ts";
import { appendEntry } from "#lib/server/db/slo-entry.repo.ts";
import { appendSnapshots, findStates } from "#lib/server/db/slo-state.repo.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { getBudget } from "./budget.ts";
import { evaluateAll, makeSlo, writeLedger } from "./budget-testing.ts";
import { explainBudget } from "./explain.ts";
import { getSloHistory } from "./history.ts";

const NOW = Date.now();
const OPEN = slotAt(NOW);
/** Forty days: the trailing line needs more than its window. */
const SLOTS = 40 * 288;
/** 100 requests a slot, one of 2,000 fails, and an outage of an hour two days ago; a gap of a quarter of an hour. */
const counted = (ago: number) => {
  if (ago >= 700 && ago < 703) return null;
  return { bad: ago > 576 && ago <= 588 ? 20 : 0.05, total: 100 };
};

const ROLLING = soundDefinition({ service: "checkout", node: null });
const CALENDAR: SloDefinition = {
  ...soundDefinition({ service: "checkout", name: "monthly" }),
  objectives: [{ target: 0.999, window: { kind: "calendar", unit: "month", zone: "Europe/Vienna" } }],
  exclusions: { events: [{ label: "route", operator: "=", value: "/health" }], windows: [] },
};
const EXCLUDED: SloDefinition = {
  ...soundDefinition({ service: "checkout", name: "excluded" }),
  onMissing: "bad",
  exclusions: {
    events: [{ label: "route", operator: "=", value: "/metrics" }],
    windows: [],
  },
};
const JOURNEY: SloDefinition = {
  ...soundDefinition({ service: null, name: "buy" }),
  sli: {
    kind: "composite",
    combine: "serial",
    businessImpact: "high",
    steps: [
      { name: "pay", slo: "checkout/availability", onCriticalPath: true },
      { name: "report", slo: "checkout/monthly", onCriticalPath: true },
    ],
  },
};

const ids: Record<string, string> = {};
let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  // Nobody answers there: deploys are missing, everything else is ours.
  vi.stubEnv("PROMETHEUS_URL", "http://127.0.0.1:9");
  for (const definition of [ROLLING, CALENDAR, EXCLUDED]) {
    ids[definition.name] = await makeSlo(definition);
    await writeLedger(definition, SLOTS, NOW, counted);
  }
  ids.buy = await makeSlo(JOURNEY);
  const at = new Date(NOW);
  const outage = { startMs: slotStartMs(OPEN - 588), endMs: slotStartMs(OPEN - 582) };
  await transaction(async (tx) => {
    const entry = { sloId: ids.excluded!, actorId: "po", at, needsSecond: false };
    const window = { kind: "one_off", ...outage, reason: "move of the database" } as const;
    await appendEntry(tx, { ...entry, id: "e1", fact: { kind: "exclusion", window } });
    const span = { fromMs: NOW - 3 * DAY_MS, toMs: NOW - 3 * DAY_MS + SLOT_MS, badDelta: 7, totalDelta: 7 };
    await appendEntry(tx, {
      ...entry,
      id: "e2",
      fact: { kind: "correction", ...span, reason: "lost at the proxy" },
    });
    await appendEntry(tx, {
      ...entry,
      id: "e3",
      fact: { kind: "note", fromMs: NOW - DAY_MS, reason: "asked the vendor" },
    });
  });
  await evaluateAll(NOW, { bad: 1, total: 40 });
});
afterAll(() => disconnect());

const budgetOf = (name: string, more: object = {}) =>
  getBudget(VIEWER, { id: ids[name], ...more }, testCaller());
const stateOf = async (name: string) => (await read((tx) => findStates(tx, [ids[name]!])))[0]!.evaluated;

describe("budget", () => {
  it.each(["availability", "excluded", "buy"])(
    "of a rolling window ends, on both lines, at the figure of the state: %s",
    async (name) => {
      const { budget } = await stateOf(name);
      const { data } = await budgetOf(name);
      expect(data.budget).toEqual(budget);
      expect(budget.budgetRemainingRatio).not.toBeNull();
      expect(data.trailing.budgetRemainingRatio.at(-1)).toBeCloseTo(budget.budgetRemainingRatio!, 9);
      expect(data.trailing.timesMs.at(-1)).toBe(NOW);
      const lastKnown = data.burnDown.budgetRemainingRatio.findLastIndex((value) => value !== null);
      expect(data.burnDown.timesMs[lastKnown]).toBe(NOW);
      expect(data.burnDown.budgetRemainingRatio[lastKnown]).toBeCloseTo(budget.budgetRemainingRatio!, 9);
    },
  );

  it("of a calendar month burns down from its first day to its last, with the ideal and where it leads", async () => {
    const { budget } = await stateOf("monthly");
    const { burnDown } = (await budgetOf("monthly")).data;
    expect(burnDown.idealRemainingRatio[0]).toBe(1);
    expect(burnDown.idealRemainingRatio.at(-1)).toBe(0);
    const now = burnDown.timesMs.indexOf(NOW);
    expect(burnDown.budgetRemainingRatio[now]).toBeCloseTo(budget.budgetRemainingRatio!, 9);
    expect(burnDown.projectedRemainingRatio[now]).toBeCloseTo(budget.budgetRemainingRatio!, 9);
    expect(burnDown.timesMs.at(-1)! - burnDown.timesMs[0]!).toBeGreaterThanOrEqual(28 * DAY_MS - 3_600_000);
  });

  it("shows the SLI by steps whose events add up to those of the window", async () => {
    const { sli, budget } = (await budgetOf("availability")).data;
    const sum = (values: (number | null)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0);
    expect(sum(sli.total)).toBeCloseTo(budget.total!, 6);
    expect(sum(sli.bad)).toBeCloseTo(budget.bad!, 6);
    expect(Math.min(...sli.goodRatio.map((value) => value ?? 1))).toBeLessThan(0.95);
  });

  it("names what people changed, and what is missing", async () => {
    const { data, partial, warnings } = await budgetOf("excluded");
    expect(data.annotations.map(({ kind, text }) => [kind, text])).toEqual([
      ["correction", "7 bad, 7 in all: lost at the proxy"],
      ["exclusion", "move of the database"],
      ["note", "asked the vendor"],
    ]);
    expect(partial).toBe(true);
    expect(warnings).toEqual([
      "older history is still being fetched",
      expect.stringMatching(/^deploys are missing: /),
    ]);
  });

  it.each([
    [{ id: "nobody" }, "not_found"],
    [{ objective: 3 }, "not_found"],
    [{ group: '{"region":"eu"}' }, "not_found"],
    [{ group: "[1]" }, "invalid"],
    [{ group: '{"a":1}' }, "invalid"],
    [{ group: "{" }, "invalid"],
    [{ objective: "-1" }, "invalid"],
  ])("refuses %j as %s", async (more, code) => {
    await expect(budgetOf("availability", more)).rejects.toMatchObject({ code });
  });

  it("is not shown to who may not see SLOs", async () => {
    const nobody = { ...personWith(), scopes: [] as never };
    await expect(getBudget(nobody, { id: ids.buy }, testCaller())).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

/** What a worked formula comes to; only numbers, operators and min. */
function workOut(worked: string): number {
  expect(worked).toMatch(/^[\d\s.+\-*/(),min]+$/);
  return Function("min", `return ${worked}`)(Math.min) as number;
}

describe("explain", () => {
  it.each(["availability", "monthly", "excluded", "buy"])(
    "works out every figure to what the state says: %s",
    async (name) => {
      const { budget } = await stateOf(name);
      const { data } = await explainBudget(VIEWER, { id: ids[name] });
      const value = (figure: string) => data.figures.find((one) => one.name === figure)?.value;
      expect(value("budgetConsumedRatio")).toBe(budget.budgetConsumedRatio);
      expect(value("budgetRemainingRatio")).toBe(budget.budgetRemainingRatio);
      expect(value("burnRate{6h}")).toBe(budget.burnRate["6h"]);
      expect(value("paceRatio") ?? null).toBe(budget.paceRatio);
      const known = data.figures.filter((one) => one.value !== null);
      expect(known.length).toBeGreaterThan(12);
      for (const { worked, value: stated, name: figure } of known) {
        expect([
          figure,
          Math.abs(workOut(worked) - stated!) <= 1e-5 * Math.max(1, Math.abs(stated!)),
        ]).toEqual([figure, true]);
      }
    },
  );

  it("has the sums as they counted, beside those that were measured", async () => {
    const { data } = await explainBudget(VIEWER, { id: ids.excluded });
    const window = data.sums.find(({ lookBack }) => lookBack === "window")!;
    expect(window.excludedSlots).toBe(6);
    // Of the outage's 12 slots 6 are left out, 7 events were added, and the gap of 3 slots counts as bad.
    const plain = (8639 - 12 - 3) * 0.05 + 1;
    expect(window.raw.bad).toBeCloseTo(plain + 12 * 20 + 3 * (window.raw.total! / 8640), 6);
    expect(window.bad).toBeGreaterThan(plain + 6 * 20 + 7 + 299);
    expect(window.bad).toBeLessThan(plain + 6 * 20 + 7 + 301);
    const state = await stateOf("excluded");
    expect(window.bad).toBe(state.sums.find(({ lookBack }) => lookBack === "window")!.bad);
  });

  it("lists the newest 72 slots and the open one, and what is asked for a slot", async () => {
    const { data } = await explainBudget(VIEWER, { id: ids.availability });
    expect(data.slots).toHaveLength(73);
    expect(data.slots.at(-1)).toEqual({
      startMs: slotStartMs(OPEN),
      bad: 1,
      total: 40,
      excluded: false,
      provisional: true,
    });
    expect(data.slots.filter(({ provisional }) => provisional)).toHaveLength(3);
    expect(data.queries.map(({ name }) => name)).toEqual(["numerator", "total"]);
    expect(data.queries[0]?.expr).toContain('http_requests_total{service="checkout",status=~"5.."}');
    const journey = await explainBudget(VIEWER, { id: ids.buy });
    expect(journey.data.queries.map(({ name }) => name)).toEqual([
      "pay: numerator",
      "pay: total",
      "report: numerator",
      "report: total",
    ]);
  });
});

describe("history", () => {
  it("has the looks at one budget, oldest first", async () => {
    const look = { sloId: ids.availability!, objective: 0, groupKey: "{}", version: 1, burnRate6h: 2 };
    const at = (daysAgo: number) => new Date(NOW - daysAgo * DAY_MS);
    await transaction((tx) =>
      appendSnapshots(tx, [
        { ...look, at: at(40), status: "healthy", previousStatus: null, remainingRatio: 1 },
        { ...look, at: at(2), status: "critical", previousStatus: "healthy", remainingRatio: 0.5 },
        { ...look, at: at(1), status: "critical", previousStatus: null, remainingRatio: 0.4 },
        { ...look, objective: 1, at: at(1), status: "healthy", previousStatus: null, remainingRatio: 1 },
      ]),
    );
    const { snapshots } = await getSloHistory(VIEWER, { id: ids.availability });
    expect(snapshots.map(({ status, previousStatus }) => [status, previousStatus])).toEqual([
      ["critical", "healthy"],
      ["critical", null],
    ]);
  });
});
