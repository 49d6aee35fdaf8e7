import { describe, expect, it, test } from "vitest";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { checkDefinition } from "./check-definition.ts";
import { labelsOfBound, possibleBounds, thresholdBound } from "./bucket-bounds.ts";
import { sloKey } from "./definition.ts";
import {
  isMet,
  type PhaseWindow,
  phaseProgress,
  PROGRESSIVE_PHASES,
  targetChange,
  windowsOfPhase,
} from "./phases.ts";
import { tierDefaults, tierTargets } from "./service-tiers.ts";
import { TEMPLATE_KINDS, templateDefinitions, type TemplateKind, tierDefinitions } from "./templates.ts";
import { nominalDays, nominalSlots, readWindow, type SloWindow, writeWindow } from "./windows.ts";

test.each<[SloWindow, string, number]>([
  [{ kind: "rolling", days: 30 }, "30d", 30],
  [{ kind: "calendar", unit: "month", zone: "Europe/Berlin" }, "month Europe/Berlin", 30],
  [{ kind: "calendar", unit: "week", zone: "UTC" }, "week UTC", 7],
  [{ kind: "calendar", unit: "quarter", zone: "UTC" }, "quarter UTC", 90],
])("the window %j is written %s", (window, text, days) => {
  expect(writeWindow(window)).toBe(text);
  expect(readWindow(text)).toEqual(window);
  expect(nominalDays(window)).toBe(days);
  expect(nominalSlots(window)).toBe(days * 288);
});

test.each(["", "30", "1.5d", "30h", "year UTC", "month"])("%j is no window", (text) => {
  expect(readWindow(text)).toBeNull();
});

test("four weeks are 28 days", () => expect(readWindow("4w")).toEqual({ kind: "rolling", days: 28 }));

describe("the bounds of a histogram", () => {
  const labels = ["0.1", "0.5", "1", "1.0", "2.5", "+Inf", ""];

  it.each([
    [1, ["1", "1.0"]],
    [0.5, ["0.5"]],
    [0.3, []],
  ])("the bound %d is written %j", (bound, expected) =>
    expect(labelsOfBound(bound, labels)).toEqual(expected),
  );

  it("are what a threshold can be, in the metric's own unit", () => {
    expect(possibleBounds(labels)).toEqual([0.1, 0.5, 1, 2.5]);
    expect(thresholdBound({ thresholdSeconds: 0.3, durationToSeconds: 0.001 })).toBe(300);
    expect(thresholdBound({ thresholdSeconds: 0.3, durationToSeconds: 1 })).toBe(0.3);
  });
});

describe("tiers of services", () => {
  it.each([
    ["critical", 0.9995, 0.1, 0.001, 0.999],
    ["essential", 0.999, 0.5, 0.01, 0.99],
    ["standard", 0.995, 1, 0.05, 0.95],
    ["best_effort", 0.99, 2, 0.1, 0.9],
  ] as const)(
    "%s: %d available, p99 %d s, %d errors",
    (tier, availabilityTarget, p99Seconds, errorRatio, errorTarget) => {
      expect(tierDefaults(tier)).toEqual({ availabilityTarget, p99Seconds, errorRatio });
      expect(tierTargets(tier)).toEqual({
        availability: availabilityTarget,
        latency: 0.99,
        errorRate: errorTarget,
      });
    },
  );
});

describe("templates", () => {
  const subject = {
    service: "checkout",
    owner: null,
    tier: null,
    runbookUrl: null,
    names: METRIC_PRESETS.prometheus,
  };
  const summary = (kind: TemplateKind) =>
    templateDefinitions(kind, subject).map(({ name, objectives, budgeting }) => {
      const [objective] = objectives;
      return [name, objective?.target, writeWindow(objective!.window), budgeting.method];
    });

  it.each<[TemplateKind, unknown[]]>([
    [
      "api",
      [
        ["availability", 0.999, "30d", "occurrences"],
        ["latency", 0.95, "30d", "occurrences"],
      ],
    ],
    [
      "web",
      [
        ["availability", 0.999, "30d", "occurrences"],
        ["latency", 0.95, "30d", "occurrences"],
      ],
    ],
    [
      "batch",
      [
        ["freshness", 0.99, "7d", "timeslices"],
        ["completeness", 0.9995, "7d", "occurrences"],
      ],
    ],
    [
      "streaming",
      [
        ["freshness", 0.99, "7d", "timeslices"],
        ["completeness", 0.9995, "7d", "occurrences"],
      ],
    ],
  ])("%s", (kind, expected) => expect(summary(kind)).toEqual(expected));

  it("an API answers within 500 ms, a pipeline succeeds every 30 min", () => {
    expect(templateDefinitions("api", subject)[1]?.sli).toMatchObject({ thresholdSeconds: 0.5 });
    expect(templateDefinitions("batch", subject)[0]?.sli).toMatchObject({ maxAgeSeconds: 1800 });
  });

  it("are sound for every preset of metric names, and so are the tiers'", () => {
    for (const names of Object.values(METRIC_PRESETS)) {
      const own = { ...subject, names };
      const all = [
        ...TEMPLATE_KINDS.flatMap((kind) => templateDefinitions(kind, own)),
        ...tierDefinitions("critical", own),
      ];
      expect(all.flatMap(checkDefinition)).toEqual([]);
    }
  });

  it("of a tier promise what the tier does", () => {
    const [availability, latency, errors] = tierDefinitions("standard", subject);
    expect(availability).toMatchObject({ tier: "standard", objectives: [{ target: 0.995 }] });
    expect(latency).toMatchObject({ sli: { thresholdSeconds: 1 }, objectives: [{ target: 0.99 }] });
    expect(errors).toMatchObject({ name: "error-rate", objectives: [{ target: 0.95 }] });
  });
});

describe("progressive targets", () => {
  const month: SloWindow = { kind: "rolling", days: 30 };
  const [first, second, third, last] = PROGRESSIVE_PHASES;
  const windows = (...met: (boolean | null)[]): PhaseWindow[] => met.map((one) => ({ met: one }));

  it("are 99.0, 99.5, 99.9 and 99.95 %", () => {
    expect(PROGRESSIVE_PHASES.map(({ target, months }) => [target, months])).toEqual([
      [0.99, 1],
      [0.995, 2],
      [0.999, 3],
      [0.9995, null],
    ]);
  });

  it("last as many whole windows as their months hold", () => {
    expect([first, second, third, last].map((phase) => windowsOfPhase(phase!, month))).toEqual([
      1,
      2,
      3,
      null,
    ]);
    expect(windowsOfPhase(second!, { kind: "rolling", days: 7 })).toBe(9);
    expect(windowsOfPhase(first!, { kind: "calendar", unit: "quarter", zone: "UTC" })).toBe(1);
  });

  it.each<[string, PhaseWindow[], boolean, number]>([
    ["not yet", windows(true), false, 1],
    ["every window met", windows(true, true), true, 2],
    ["a miss begins the phase anew", windows(true, false, true), false, 1],
    ["and can be made good", windows(false, true, true), true, 2],
    ["no data is not met", windows(true, null), false, 0],
    ["nothing so far", [], false, 0],
  ])("two months of 30 days: %s", (_, seen, earned, metInARow) => {
    expect(phaseProgress(second!, month, seen)).toEqual({ earned, metInARow, needed: 2 });
  });

  it("end with one that is never left", () => {
    expect(phaseProgress(last!, month, windows(true, true))).toEqual({
      earned: false,
      metInARow: 2,
      needed: null,
    });
  });

  it("are met to the last event: exactly 99.9 % is 99.9 %", () => {
    expect([isMet(0.001, 0.001), isMet(0.0010001, 0.001), isMet(null, 0.001)]).toEqual([true, false, null]);
    expect(isMet(0.1 * 3, 0.3)).toBe(true);
  });

  it("a step down is told from a step up", () => {
    expect([targetChange(0.999, 0.9995), targetChange(0.999, 0.995), targetChange(0.9, 0.9)]).toEqual([
      "step_up",
      "step_down",
      "none",
    ]);
  });
});

test("a service's, a node's and a journey's SLO each have one key", () => {
  const key = (service: string | null, node: string | null) =>
    sloKey({ service, node, name: "availability" });
  expect([key("checkout", null), key(null, "ai1"), key(null, null)]).toEqual([
    "checkout/availability",
    "node:ai1/availability",
    "journey:availability",
  ]);
});
