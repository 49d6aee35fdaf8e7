import { parser } from "@prometheus-io/lezer-promql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import type { SloDefinition } from "../definition/definition.ts";
import { TEMPLATE_KINDS, templateDefinitions } from "../definition/templates.ts";
import { soundDefinition } from "../testing.ts";
import { generateRules } from "./generate.ts";
import { promqlDuration } from "./promql-duration.ts";
import type { AlertRule, Rule, SloRules } from "./rule.ts";

const OPTIONS = { nowMs: Date.UTC(2026, 10, 21), consoleUrl: "https://burnline.example" };

function rulesOf(definition: SloDefinition): SloRules {
  return generateRules([{ id: "s1", definition }], OPTIONS)[0]!;
}

function allRules({ groups }: SloRules): Rule[] {
  return groups.flatMap(({ rules }) => rules);
}

function alertsOf(definition: SloDefinition): AlertRule[] {
  return allRules(rulesOf(definition)).filter((rule) => rule.kind === "alert");
}

function over(days: number, target = 0.999): SloDefinition {
  return soundDefinition({ objectives: [{ target, window: { kind: "rolling", days } }] });
}

function hasSyntaxError(expr: string): boolean {
  let found = false;
  parser.parse(expr).iterate({ enter: ({ type }) => void (found ||= type.isError) });
  return found;
}

/** The factor in an alert's words and the thresholds in its expression. */
const figures = ({ labels, annotations, expr }: AlertRule) => [
  labels.burnline_tier,
  annotations.summary?.match(/more than (.+)x/)?.[1],
  ...new Set([...expr.matchAll(/ > ([\d.]+)/g)].map(([, figure]) => figure)),
];

describe("factors and thresholds", () => {
  it.each([
    [
      30,
      [
        ["page_fast", "14.4", "0.0144"],
        ["page_slow", "6", "0.006"],
        ["ticket_fast", "3", "0.003"],
        ["ticket_slow", "1", "0.001"],
      ],
    ],
    [
      28,
      [
        ["page_fast", "13.44", "0.01344"],
        ["page_slow", "5.6", "0.0056"],
        ["ticket_fast", "2.8", "0.0028"],
        ["ticket_slow", "1", "0.001"],
      ],
    ],
    [
      7,
      [
        ["page_fast", "3.36", "0.00336"],
        ["page_slow", "1.4", "0.0014"],
        ["ticket_fast", "1", "0.001"],
        ["ticket_slow", "1", "0.001"],
      ],
    ],
  ])("over %i days at 99.9 %", (days, expected) => {
    const burning = alertsOf(over(days)).filter(({ name }) => name === "SloBudgetBurn");
    expect(burning.map(figures)).toEqual(expected);
  });

  it("carry no noise of binary floating point", () => {
    const text = JSON.stringify(generateRules([{ id: "s1", definition: over(28, 0.9995) }], OPTIONS));
    expect(/\d\.\d{10}/.test(text)).toBe(false);
    expect(text.includes(" > 0.00672 and")).toBe(true);
  });
});

describe("what is left out", () => {
  it("a tier that can never fire, with its reason", () => {
    const rules = rulesOf(over(30, 0.9));
    expect(alertsOf(over(30, 0.9)).map(({ labels }) => labels.burnline_tier)).not.toContain("page_fast");
    expect(rules.groups[0]?.comments).toEqual([
      "page_fast of 90% 30d is left out. A burn rate above 14.4x can never be reached: with a target of 90 %, 100 % errors burn at 10x.",
    ]);
  });

  it("a tier whose long window is over half the objective's", () => {
    expect(rulesOf(over(5)).groups[0]?.comments).toEqual([
      "ticket_slow of 99.9% 5d is left out. Its long window of 3d is over half the objective's.",
    ]);
  });

  it("every alert of an SLO without a runbook, but not what is recorded", () => {
    const rules = rulesOf(soundDefinition({ runbookUrl: null }));
    expect(allRules(rules).filter(({ kind }) => kind === "alert")).toEqual([]);
    expect(allRules(rules).filter(({ kind }) => kind === "record")).not.toEqual([]);
    expect(rules.problems.map(({ path }) => path)).toEqual([["runbookUrl"]]);
  });

  it("all of an SLO that is split by a label which the rules set themselves", () => {
    const rules = rulesOf(soundDefinition({ groupBy: ["route", "severity"] }));
    expect(rules.groups).toEqual([]);
    expect(rules.problems.map(({ path }) => path)).toEqual([["groupBy", 1]]);
  });

  it("all of a journey with a step that nothing is recorded for", () => {
    const steps = [{ name: "pay", slo: "elsewhere", onCriticalPath: true }];
    const sli = { kind: "composite", combine: "serial", steps, businessImpact: "high" } as const;
    const rules = rulesOf(soundDefinition({ service: null, sli }));
    expect(rules.groups).toEqual([]);
    expect(rules.problems.map(({ path }) => path)).toEqual([["sli", "steps", 0, "slo"]]);
  });
});

describe("alerts", () => {
  it("say who, how much, what to do and where to look", () => {
    const [pageFast] = alertsOf(soundDefinition());
    expect(pageFast).toMatchObject({
      labels: {
        burnline_slo: "checkout/availability",
        service: "checkout",
        owner: "pay",
        severity: "critical",
        burnline_action: "page",
        burnline_tier: "page_fast",
        burnline_objective: "99.9% 30d",
      },
      annotations: {
        summary: "checkout/availability burns its error budget more than 14.4x too fast",
        description:
          "{{ $value | humanizePercentage }} failed over 1h. Above 1.44 % over 1h and 5m, which is 14.4x the budget of 0.1 % (objective 99.9% 30d), 2 % of the budget is gone in 1h.",
        runbook_url: "https://runbooks.example/checkout",
        slo_url: "https://burnline.example/slos/s1",
      },
    });
  });

  it("guard against low traffic where events are counted, and only there", () => {
    const guarded = (definition: SloDefinition) =>
      alertsOf(definition)
        .filter(({ name }) => name === "SloBudgetBurn")
        .map(({ expr }) => expr.includes(">= 3"));
    expect(guarded(soundDefinition())).toEqual([true, true, true, true]);
    expect(guarded(soundDefinition({ minimumBadEvents: 0 }))).toEqual([false, false, false, false]);
    const slices = { method: "ratioTimeslices", sliceMinutes: 1 } as const;
    expect(guarded(soundDefinition({ budgeting: slices }))).toEqual([false, false, false, false]);
  });

  it("take no name for a template", () => {
    const name = 'a{{ query "up" }}';
    const [alert] = alertsOf(soundDefinition({ service: name, owner: "{{ $externalURL }}" }));
    expect(alert?.labels.service).toBe('a{{"{{"}} query "up" }}');
    expect(alert?.labels.owner).toBe('{{"{{"}} $externalURL }}');
    expect(alert?.annotations.summary).toContain('a{{"{{"}} query "up" }}/availability');
  });
});

describe("expressions", () => {
  it("are PromQL for every template and every name", () => {
    const subject = {
      owner: null,
      tier: null,
      runbookUrl: "https://r.example",
      names: METRIC_PRESETS.prometheus,
    };
    const anything = fc.record({
      service: fc.string({ unit: "binary", minLength: 1 }),
      kind: fc.constantFrom(...TEMPLATE_KINDS),
    });
    fc.assert(
      fc.property(anything, ({ service, kind }) => {
        const definitions = templateDefinitions(kind, { ...subject, service });
        const sources = definitions.map((definition) => ({ id: definition.name, definition }));
        const rules = generateRules(sources, OPTIONS).flatMap(allRules);
        expect(rules.filter(({ expr }) => hasSyntaxError(expr))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it("never average ratios", () => {
    const text = allRules(rulesOf(soundDefinition()))
      .map(({ expr }) => expr)
      .join("\n");
    expect(text).not.toMatch(/avg|mean|_over_time\([^)]*ratio/);
  });
});

describe("exclusion windows", () => {
  const weekly = soundDefinition({
    exclusions: {
      events: [],
      windows: [
        {
          kind: "recurring",
          start: { year: 2026, month: 10, day: 18, hour: 2, minute: 0 },
          durationMinutes: 60,
          rule: "FREQ=WEEKLY;BYDAY=SU",
          zone: "Europe/Berlin",
          reason: "backups",
        },
      ],
    },
  });
  const exclusionAt = (nowMs: number) =>
    generateRules([{ id: "s1", definition: weekly }], { ...OPTIONS, nowMs })[0]?.groups[0]?.rules[0]?.expr ??
    "";

  it("are written out in UTC, through a change of the clock", () => {
    const starts = [...exclusionAt(Date.UTC(2027, 2, 20)).matchAll(/> (\d+) </g)].map(([, at]) =>
      new Date((Number(at) - 15) * 1000).toISOString(),
    );
    // 02:00 in Berlin is 01:00 in winter; on 28 March the clock skips it, and from April on it is 00:00.
    expect(starts.slice(0, 3)).toEqual([
      "2027-03-21T01:00:00.000Z",
      "2027-03-28T01:00:00.000Z",
      "2027-04-04T00:00:00.000Z",
    ]);
  });

  it("change the text once a day at most", () => {
    const noon = Date.UTC(2026, 10, 21, 12);
    expect(exclusionAt(noon + 11 * 3_600_000)).toBe(exclusionAt(noon));
  });
});

it.each([
  [30, "30s"],
  [270, "4m30s"],
  [3_600, "1h"],
  [259_170, "2d23h59m30s"],
])("%i seconds are %s", (seconds, text) => expect(promqlDuration(seconds)).toBe(text));
