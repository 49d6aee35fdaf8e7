import { describe, expect, it } from "vitest";
import { SloDefinition } from "#lib/contracts/slo-definition.ts";
import type { SliKind } from "#lib/domain/slo/definition/sli.ts";
import {
  blankDefinition,
  differencesBetween,
  issuesOf,
  issuesOfRefusal,
  loweredWindows,
  usualSli,
  withSli,
} from "./editor-definition.ts";
import { placeOf, WORD_OF_SLI } from "./editor-words.ts";

const KINDS = Object.keys(WORD_OF_SLI) as SliKind[];
const availability = { ...blankDefinition(usualSli("availability", "pay")), service: "pay" };
const paths = (definition: SloDefinition) => issuesOf(definition, SloDefinition).map(({ path }) => path);

describe("a form that begins anew", () => {
  it.each([
    ["availability", []],
    ["error_rate", []],
    ["latency", []],
    ["throughput", []],
    ["freshness", []],
    ["completeness", []],
    ["quality", ["sli.answers.metric", "sli.degraded.metric"]],
    ["custom", ["sli.numerator", "sli.total"]],
    ["probe", ["sli.expression"]],
    ["composite", ["sli.steps"]],
  ] satisfies [SliKind, string[]][])("with %s only lacks what nobody can guess: %j", (kind, missing) => {
    expect(paths({ ...blankDefinition(usualSli(kind, "pay")), service: "pay" })).toEqual(missing);
  });

  it("can go from any kind to any other without leaving a rule behind that does not fit", () => {
    for (const from of KINDS) {
      for (const to of KINDS) {
        const changed = withSli(blankDefinition(usualSli(from, "pay")), usualSli(to, "pay"));
        const found = paths({ ...changed, service: "pay" });
        expect([from, to, found.filter((path) => !path.startsWith("sli."))]).toEqual([from, to, []]);
      }
    }
  });
});

describe("what is wrong", () => {
  it("is told by field, once each, from the shape and from the meaning", () => {
    const [objective] = availability.objectives;
    expect(
      paths({
        ...availability,
        name: "Not a name",
        objectives: [{ ...objective!, target: NaN }],
        minimumBadEvents: NaN,
        runbookUrl: "javascript:alert(1)",
      }),
    ).toEqual(["name", "objectives.0.target", "minimumBadEvents", "runbookUrl"]);
  });

  it("has a place that a person finds", () => {
    expect(["objectives.1.target", "sli.steps.0.slo", "sli.requests.metric", "owner"].map(placeOf)).toEqual([
      "Objective 2",
      "Journey, step 1",
      "What is measured",
      "Owner",
    ]);
  });

  it("names the field of the form where the server names that of the request", () => {
    const errors = [
      { path: "definition.objectives.0.target", message: "a" },
      { path: "reason", message: "b" },
    ];
    expect(issuesOfRefusal(errors).map(({ path }) => path)).toEqual(["objectives.0.target", "reason"]);
    expect(issuesOfRefusal()).toEqual([]);
  });
});

describe("a changed definition", () => {
  const lower = { ...availability, objectives: [{ ...availability.objectives[0]!, target: 0.99 }] };

  it("needs a reason where a target falls, and nowhere else", () => {
    expect(loweredWindows(availability, lower)).toEqual(["30d"]);
    expect(loweredWindows(lower, availability)).toEqual([]);
    expect(loweredWindows(null, lower)).toEqual([]);
    const other = { ...lower, objectives: [{ target: 0.5, window: { kind: "rolling", days: 7 } as const }] };
    expect(loweredWindows(availability, other)).toEqual([]);
  });

  it("tells what changed field by field", () => {
    expect(differencesBetween(availability, { ...lower, owner: "money" })).toEqual([
      ["owner", "", "money"],
      ["objectives.0.target", "0.999", "0.99"],
    ]);
    expect(differencesBetween(availability, availability)).toEqual([]);
  });
});
