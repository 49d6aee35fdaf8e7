import { describe, expect, it, test } from "vitest";
import type { TierState } from "#lib/contracts/slo-budgets.ts";
import { groupInWords } from "#lib/domain/slo/definition/groups.ts";
import { figureName, writeFigure } from "./figure-words.ts";
import {
  eventsLeft,
  minutesLeft,
  shortWindow,
  tierInWords,
  tierWindows,
  windowInWords,
  writeGoodRatio,
  writeLeft,
  writeTarget,
} from "./slo-words.ts";

test.each([
  [0.9995, "99.95 %"],
  [0.99999, "99.999 %"],
  [0.9, "90 %"],
])("the target %d keeps its digits", (target, text) => expect(writeTarget(target)).toBe(text));

test.each([
  [0.99948, "99.948 %"],
  [0.9999123, "99.9912 %"],
  [0.5, "50 %"],
  [1, "100 %"],
  // A single failure in a million is not 100 %.
  [0.999999, "99.9999 %"],
  [null, "—"],
])("the share %j is told from its neighbours: %s", (ratio, text) => expect(writeGoodRatio(ratio)).toBe(text));

test.each([
  [0.161, "16.1 %"],
  [-0.42, "-42 %"],
  [0, "0 %"],
  [null, "—"],
])("what is left of %j reads %s", (left, text) => expect(writeLeft(left)).toBe(text));

test.each([
  [1204.9, "1,204 events"],
  [-12.5, "12 events over"],
  [null, null],
])("%j events read %j", (events, text) => expect(eventsLeft(events)).toBe(text));

test.each([
  [18.14, "18 min"],
  [-18.14, "18 min over"],
  [null, null],
])("%j minutes read %j", (minutes, text) => expect(minutesLeft(minutes)).toBe(text));

test.each([
  ["30d", "30 days", "30 d"],
  ["1d", "1 day", "1 d"],
  ["month Europe/Vienna", "calendar month, Europe/Vienna", "month"],
  ["odd", "odd", "odd"],
])("the window %s reads %s", (text, words, short) => {
  expect([windowInWords(text), shortWindow(text)]).toEqual([words, short]);
});

it("a group names its labels", () => {
  expect(groupInWords({ region: "eu", tier: "" })).toBe("region eu, tier none");
});

describe("an alert tier", () => {
  const tier: TierState = {
    key: "page_fast",
    action: "page",
    longMinutes: 60,
    shortMinutes: 5,
    factor: 14.4,
    spendRatio: 0.02,
    disabledReason: null,
    firing: false,
    longBurnRate: 7.2,
    shortBurnRate: 20,
    budgetSpendRatio: 0.01,
  };
  it.each<[Partial<TierState>, string]>([
    [{}, "at 50 % of the line"],
    [{ firing: true, longBurnRate: 20 }, "firing"],
    [{ longBurnRate: 20 }, "held back: too few bad events, or an exclusion"],
    [{ longBurnRate: null }, "no data"],
    [{ longBurnRate: 0 }, "quiet"],
    [{ disabledReason: "Turned off for this SLO." }, "Turned off for this SLO."],
  ])("%j reads %s", (more, words) => expect(tierInWords({ ...tier, ...more })).toBe(words));
  it("has two windows", () => expect(tierWindows(tier)).toBe("1h / 5m"));
});

test.each([
  ["burnRate{6h}", "burn rate over 6h"],
  ["burnRate{window}", "burn rate over the window"],
  ["errorRatio{window}", "error ratio over the window"],
  ["budgetSpend{page_slow}", "budget spent in the long window of page, slow"],
  ["paceRatio", "pace"],
])("%s is called %s", (name, words) => expect(figureName(name)).toBe(words));

test.each([
  [-0.42, "ratio", "-42 %"],
  [3.14, "rate", "3.14x"],
  [-18, "minutes", "-18 min"],
  [null, "seconds", "no data"],
] as const)("%j as %s reads %s", (value, unit, text) => expect(writeFigure(value, unit)).toBe(text));
