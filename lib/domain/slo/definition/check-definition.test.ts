import { describe, expect, it, test } from "vitest";
import { soundDefinition } from "../testing.ts";
import { DEFAULT_ALERT_TIERS } from "../alerts/tiers.ts";
import { checkDefinition } from "./check-definition.ts";
import type { SloDefinition } from "./definition.ts";
import type { CompositeStep, Sli } from "./sli.ts";

const month = { kind: "rolling", days: 30 } as const;
const requests = { metric: "http_requests_total", matchers: [] };
const slices = { method: "timeslices", sliceMinutes: 1, sliceGood: null } as const;
const found = (definition: SloDefinition) =>
  checkDefinition(definition).map(({ path, message }) => [path.join("."), message] as const);
const paths = (more: Partial<SloDefinition>) => found(soundDefinition(more)).map(([path]) => path);

test("a sound definition has no issues", () => expect(found(soundDefinition())).toEqual([]));

describe("targets and windows", () => {
  it("refuses 100 % and says why", () => {
    expect(found(soundDefinition({ objectives: [{ target: 1, window: month }] }))).toEqual([
      [
        "objectives.0.target",
        "A target of 100 % leaves no budget; 99.99 % is as good as it gets in practice.",
      ],
    ]);
  });

  it.each([
    [0, ["objectives.0.target"]],
    [-0.1, ["objectives.0.target"]],
    [99.9, ["objectives.0.target"]],
    [Number.NaN, ["objectives.0.target"]],
    [0.99999999, ["objectives.0.target"]],
    [0.9999999, []],
    [0.5, []],
  ])("a target of %d: issues at %j", (target, expected) => {
    expect(paths({ objectives: [{ target, window: month }] })).toEqual(expected);
  });

  it.each([
    [0, ["objectives.0.window.days"]],
    [93, ["objectives.0.window.days"]],
    [1.5, ["objectives.0.window.days"]],
    [1, []],
    [92, []],
  ])("%d days: issues at %j", (days, expected) => {
    expect(paths({ objectives: [{ target: 0.9, window: { kind: "rolling", days } }] })).toEqual(expected);
  });

  it("wants a zone that exists, at least one objective, and each once", () => {
    const window = { kind: "calendar", unit: "month", zone: "Mars/Olympus" } as const;
    expect(paths({ objectives: [{ target: 0.9, window }] })).toEqual(["objectives.0.window.zone"]);
    expect(paths({ objectives: [] })).toEqual(["objectives"]);
    const twice = { target: 0.9, window: month };
    expect(paths({ objectives: [twice, { ...twice, target: 0.99 }, { ...twice }] })).toEqual([
      "objectives.2",
    ]);
  });
});

describe("what is measured", () => {
  const latency: Sli = {
    kind: "latency",
    histogram: "classic",
    durations: { metric: "http_request_duration_seconds", matchers: [] },
    thresholdSeconds: 0.5,
    durationToSeconds: 1,
  };
  it.each<[string, Partial<SloDefinition>, string[]]>([
    ["a threshold is positive", { sli: { ...latency, thresholdSeconds: 0 } }, ["sli.thresholdSeconds"]],
    ["and a number", { sli: { ...latency, thresholdSeconds: Number.NaN } }, ["sli.thresholdSeconds"]],
    [
      "a histogram has its base name",
      { sli: { ...latency, durations: { metric: "d_seconds_bucket", matchers: [] } } },
      ["sli.durations.metric"],
    ],
    [
      "a metric has a metric's name",
      { sli: { kind: "error_rate", requests, errors: { metric: "no good", matchers: [] } } },
      ["sli.errors.metric"],
    ],
    [
      "a label a label's",
      { sli: { kind: "availability", requests, failed: [{ label: "a-b", operator: "=", value: "" }] } },
      ["sli.failed.0.label"],
    ],
    [
      "availability says what failed",
      { sli: { kind: "availability", requests, failed: [] } },
      ["sli.failed"],
    ],
    [
      "quality and completeness name both sides",
      {
        sli: {
          kind: "quality",
          answers: { metric: "", matchers: [] },
          degraded: { metric: "1x", matchers: [] },
        },
      },
      ["sli.answers.metric", "sli.degraded.metric"],
    ],
    [
      "completeness too",
      { sli: { kind: "completeness", expected: requests, processed: { metric: "", matchers: [] } } },
      ["sli.processed.metric"],
    ],
    [
      "custom queries leave the window open",
      {
        sli: {
          kind: "custom",
          form: "bad",
          numerator: "sum(increase(x[5m]))",
          total: "sum(increase(y[$window]))",
        },
      },
      ["sli.numerator"],
    ],
    [
      "an age is positive",
      { sli: { kind: "freshness", lastSuccess: requests, maxAgeSeconds: -1 }, budgeting: slices },
      ["sli.maxAgeSeconds"],
    ],
    [
      "a rate is a number",
      {
        sli: { kind: "throughput", events: requests, perSecond: { operator: ">=", value: Number.NaN } },
        budgeting: slices,
      },
      ["sli.perSecond.value"],
    ],
    [
      "a probe has an expression",
      { sli: { kind: "probe", expression: " ", good: { operator: "==", value: 1 } }, budgeting: slices },
      ["sli.expression"],
    ],
    ["sound ones pass", { sli: latency }, []],
  ])("%s", (_, more, expected) => expect(paths(more)).toEqual(expected));
});

describe("budgeting", () => {
  const probe: Sli = { kind: "probe", expression: "up", good: { operator: "==", value: 1 } };
  const sliceGood = { operator: ">=", value: 0.99 } as const;
  it.each<[string, Partial<SloDefinition>, string[]]>([
    ["probes need time slices", { sli: probe }, ["budgeting.method"]],
    [
      "and have their own comparison",
      { sli: probe, budgeting: { ...slices, sliceGood } },
      ["budgeting.sliceGood"],
    ],
    ["events in time slices need one", { budgeting: slices }, ["budgeting.sliceGood"]],
    [
      "of a ratio",
      { budgeting: { ...slices, sliceGood: { operator: ">=", value: 99 } } },
      ["budgeting.sliceGood"],
    ],
    ["and then are fine", { budgeting: { ...slices, sliceGood } }, []],
    [
      "a slice may have to be perfect",
      { budgeting: { ...slices, sliceGood: { operator: ">=", value: 1 } } },
      [],
    ],
    ["as are their ratios", { budgeting: { method: "ratioTimeslices", sliceMinutes: 5 } }, []],
  ])("%s", (_, more, expected) => expect(paths(more)).toEqual(expected));
});

describe("journeys", () => {
  const steps: CompositeStep[] = [
    { name: "Open", slo: "a", weight: 0.7, onCriticalPath: true },
    { name: "Pay", slo: "b", weight: 0.3, onCriticalPath: true },
  ];
  const journey = (combine: "serial" | "weighted", all: CompositeStep[], more: Partial<SloDefinition> = {}) =>
    paths({
      service: null,
      sli: { kind: "composite", combine, steps: all, businessImpact: "high" },
      ...more,
    });

  it("needs weights that add to 1: 0.1 + 0.2 + 0.7 do, 0.7 + 0.4 do not", () => {
    expect(journey("weighted", steps)).toEqual([]);
    const three = [0.1, 0.2, 0.7].map((weight, at) => ({ ...steps[0]!, slo: `s${at}`, weight }));
    expect(journey("weighted", three)).toEqual([]);
    expect(journey("weighted", [steps[0]!, { ...steps[1]!, weight: 0.4 }])).toEqual(["sli.steps"]);
    expect(journey("weighted", [steps[0]!, { ...steps[1]!, weight: undefined }])).toEqual([
      "sli.steps.1.weight",
    ]);
    expect(
      journey("weighted", [
        { ...steps[0]!, weight: 1.5 },
        { ...steps[1]!, weight: -0.5 },
      ]),
    ).toEqual(["sli.steps.1.weight"]);
  });

  it("needs steps that count, each once, with a name", () => {
    expect(journey("serial", [])).toEqual(["sli.steps", "sli.steps"]);
    expect(
      journey(
        "serial",
        steps.map((step) => ({ ...step, onCriticalPath: false })),
      ),
    ).toEqual(["sli.steps"]);
    expect(journey("serial", [steps[0]!, { ...steps[0]!, name: " " }])).toEqual([
      "sli.steps.1.name",
      "sli.steps.1.slo",
    ]);
  });

  it("leaves method, missing data and groups to its steps", () => {
    expect(journey("serial", steps, { budgeting: slices, onMissing: "bad", groupBy: ["route"] })).toEqual([
      "groupBy",
      "budgeting.method",
      "onMissing",
    ]);
  });
});

describe("subject, groups and names", () => {
  it.each<[string, Partial<SloDefinition>, string[]]>([
    ["neither service nor node", { service: null }, ["service"]],
    ["both", { node: "ai1" }, ["node"]],
    ["a node alone", { service: null, node: "ai1" }, []],
    [
      "a bad label to group by, and one twice",
      { groupBy: ["route", "9", "route"] },
      ["groupBy.1", "groupBy.2"],
    ],
    ["too many labels", { groupBy: ["a", "b", "c", "d"] }, ["groupBy"]],
    ["a name with capitals", { name: "Availability" }, ["name"]],
    ["a name that ends in a dash", { name: "availability-" }, ["name"]],
    ["a name too long", { name: "a".repeat(64) }, ["name"]],
  ])("%s", (_, more, expected) => expect(paths(more)).toEqual(expected));
});

describe("alerts", () => {
  const tier = DEFAULT_ALERT_TIERS[0]!;
  it.each<[string, Partial<SloDefinition>, string[]]>([
    ["a tier twice", { alertTiers: [tier, tier] }, ["alertTiers.1.key"]],
    ["windows are whole hours", { alertTiers: [{ ...tier, longMinutes: 90 }] }, ["alertTiers.0.longMinutes"]],
    ["and at least one", { alertTiers: [{ ...tier, longMinutes: 0 }] }, ["alertTiers.0.longMinutes"]],
    ["a spend of more than all", { alertTiers: [{ ...tier, spendRatio: 2 }] }, ["alertTiers.0.spendRatio"]],
    ["a spend of nothing", { alertTiers: [{ ...tier, spendRatio: 0 }] }, ["alertTiers.0.spendRatio"]],
    ["a spend of all is as far as it goes", { alertTiers: [{ ...tier, spendRatio: 1 }] }, []],
    ["half an event", { minimumBadEvents: 0.5 }, ["minimumBadEvents"]],
    ["no tiers at all is a choice", { alertTiers: [] }, []],
  ])("%s", (_, more, expected) => expect(paths(more)).toEqual(expected));
});

describe("phases", () => {
  it("rise, and only the last has no end", () => {
    const sound = [
      { target: 0.99, months: 1 },
      { target: 0.995, months: null },
    ];
    expect(paths({ phases: sound })).toEqual([]);
    expect(paths({ phases: [...sound].reverse() })).toEqual([
      "phases.0.months",
      "phases.1.target",
      "phases.1.months",
    ]);
    expect(paths({ phases: [{ target: 1, months: null }] })).toEqual(["phases.0.target"]);
  });
});
