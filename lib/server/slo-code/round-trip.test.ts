import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tiersInForce } from "#lib/domain/slo/alerts/tiers.ts";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import { soundDefinition } from "#lib/domain/slo/testing.ts";
import { writeBurnline } from "./formats/burnline/write.ts";
import { writeOpenSlo } from "./formats/openslo/write.ts";
import { writeSloth } from "./formats/sloth/write.ts";
import { readSloCode } from "./read-slo-code.ts";
import { plainlyCounted, sayable } from "./testing/arbitrary-definition.ts";

function read(text: string): SloDefinition | undefined {
  const { definitions, problems } = readSloCode([{ name: "", text }]);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return definitions[0]?.definition;
}

function inForce({ alertTiers, objectives }: SloDefinition) {
  return objectives.map(({ target, window }) => tiersInForce(alertTiers, target, window));
}

const JOURNEY = soundDefinition({
  name: "buy",
  service: null,
  sli: {
    kind: "composite",
    combine: "serial",
    steps: [{ name: "pay", slo: "checkout/availability", onCriticalPath: true }],
    businessImpact: "high",
  },
});

// A busy machine takes longer than the usual limit for a hundred files.
describe("what is written is read as the same definition", { timeout: 30_000 }, () => {
  it("in our own format, all of it", () => {
    const windows = [{ kind: "one_off" as const, startMs: 1_000, endMs: 600_000, reason: "move" }];
    const whole = soundDefinition({
      exclusions: { events: [{ label: "route", operator: "=~", value: "/health" }], windows },
      phases: [
        { target: 0.99, months: 1 },
        { target: 0.999, months: null },
      ],
    });
    for (const definition of [whole, JOURNEY])
      expect(read(writeBurnline(definition).text)).toEqual(definition);
    fc.assert(fc.property(sayable, (one) => void expect(read(writeBurnline(one).text)).toEqual(one)));
  });

  it("as OpenSLO, what that has words for, and without a warning", () => {
    fc.assert(
      fc.property(sayable, (definition) => {
        const { text, warnings } = writeOpenSlo(definition);
        const again = read(text)!;
        expect(warnings).toEqual([]);
        expect({ ...again, alertTiers: [] }).toEqual({ ...definition, alertTiers: [] });
        // A factor that is held at 1 stands for any spend below it.
        expect(inForce(again)).toEqual(inForce(definition));
      }),
      { numRuns: 100 },
    );
  });

  it("for Sloth, what is measured, the first target and who is told", () => {
    fc.assert(
      fc.property(plainlyCounted, (definition) => {
        const { sli, description, owner, tier, runbookUrl, groupBy, objectives } = definition;
        expect(read(writeSloth(definition).text)).toMatchObject({
          ...{ sli, description, owner, tier, runbookUrl, groupBy },
          objectives: [{ target: objectives[0]!.target, window: { kind: "rolling", days: 30 } }],
        });
      }),
      { numRuns: 100 },
    );
  });

  it("for Sloth, all of a plain definition", () => {
    const definition = soundDefinition();
    const { text, warnings } = writeSloth(definition);
    expect(warnings).toEqual([]);
    expect(read(text)).toEqual(definition);
  });
});

describe("what a format cannot say", () => {
  const rich = soundDefinition({
    objectives: [
      { target: 0.999, window: { kind: "rolling", days: 7 } },
      { target: 0.99, window: { kind: "rolling", days: 30 } },
    ],
    exclusions: {
      events: [{ label: "route", operator: "=~", value: "/health|/metrics" }],
      windows: [{ kind: "one_off", startMs: 0, endMs: 1, reason: "x" }],
    },
    phases: [{ target: 0.99, months: null }],
  });

  it("stands in a comment and in the warnings", () => {
    const { text, warnings } = writeOpenSlo(rich);
    expect(warnings).toEqual([
      "the objective of 0.99 over 30d; one SLO has one window.",
      "the exclusion windows.",
      "the progressive targets.",
    ]);
    for (const warning of warnings) expect(text).toContain(`# Not said here: ${warning}\n`);
    expect(writeSloth(rich).warnings).toEqual([
      "the objective of 0.99 over 30d.",
      "the window of 7d; Sloth takes that of its generator, 30 days by default.",
      "the exclusion windows.",
      "the progressive targets.",
    ]);
  });

  it("does not leave out excluded events: they are in neither query", () => {
    const queries = writeSloth(rich).text.match(/http_requests_total\{[^}]*\}/g);
    expect(queries).toHaveLength(2);
    for (const query of queries ?? []) expect(query).toContain('route!~"/health|/metrics"');
  });

  it("refuses a journey", () => {
    expect(() => writeOpenSlo(JOURNEY)).toThrow(/journey/);
    expect(() => writeSloth(JOURNEY)).toThrow(/journey/);
  });

  it("names an alert that has no place in the window", () => {
    const short = soundDefinition({ objectives: [{ target: 0.99, window: { kind: "rolling", days: 5 } }] });
    expect(writeOpenSlo(short).warnings).toEqual([
      "the alert ticket_slow, whose long window is over half of the SLO's.",
    ]);
  });
});
