import { expect, it, test } from "vitest";
import type { SloRulesState } from "#lib/contracts/slo-rules.ts";
import { marksOf, spansOf } from "./annotations.ts";
import { lowestOf } from "./lowest.ts";
import { rulesInWords } from "./rules-words.ts";

it("exclusions are spans of a chart, all else are moments", () => {
  const annotations = [
    { atMs: 1, untilMs: 4, kind: "exclusion" as const, text: "maintenance" },
    { atMs: 2, untilMs: null, kind: "deploy" as const, text: "v2" },
    { atMs: 3, untilMs: 9, kind: "correction" as const, text: "7 bad" },
  ];
  expect(marksOf(annotations).map(({ atMs, text }) => [atMs, text])).toEqual([
    [2, "deploy: v2"],
    [3, "correction: 7 bad"],
  ]);
  expect(spansOf(annotations)).toEqual([{ fromMs: 1, toMs: 4, text: "maintenance" }]);
});

test.each([
  [[0.5, -0.2, null, 0.1], { atMs: 20, value: -0.2 }],
  [[null, null], null],
])("the lowest of %j is %j", (budgetRemainingRatio, lowest) => {
  expect(lowestOf({ timesMs: [10, 20, 30, 40], budgetRemainingRatio })).toEqual(lowest);
});

const state = (more: Partial<SloRulesState>): SloRulesState => ({
  checkedAt: "2026-11-20T09:00:00.000Z",
  source: "default",
  error: null,
  delivery: null,
  counts: { loaded: 0, missing: 0, different: 0, extra: 0, none: 0, unknown: 0 },
  slos: [],
  ...more,
});
const entry = (more: object) => ({
  id: "a",
  key: "a/b",
  state: "loaded",
  reasons: [],
  errors: [],
  problems: [],
  ...more,
});

test.each([
  ["loaded", state({ slos: [entry({}) as never] }), /as they should be/, false],
  ["missing", state({ slos: [entry({ state: "missing" }) as never] }), /nobody is paged/, true],
  ["not among them", state({}), /not known/, true],
])("rules that are %s", (_, rules, text, troubled) => {
  const words = rulesInWords(rules, null, "a");
  expect(words.text).toMatch(text);
  expect(words.troubled).toBe(troubled);
});

it("rules say each reason once, the source's with them; an answer that did not come is no good news", () => {
  const rules = state({
    error: "no answer",
    slos: [
      entry({
        state: "none",
        reasons: ["no answer"],
        problems: [{ path: "", message: "no runbook" }],
      }) as never,
    ],
  });
  expect(rulesInWords(rules, null, "a").reasons).toEqual(["no answer", "no runbook"]);
  expect(rulesInWords(undefined, new Error("gone"), "a")).toMatchObject({
    troubled: true,
    reasons: ["gone"],
  });
  expect(rulesInWords(undefined, null, "a").troubled).toBe(false);
});
