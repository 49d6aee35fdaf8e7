import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LOG_LEVELS } from "../logs/levels.ts";
import { addFieldFilter, addPattern, pickLabel, pickLevels, pickText, readPicks } from "./edit-query.ts";
import { EVERY_LINE } from "./log-query.ts";
import { readLogQuery } from "./read-query.ts";

const NOTHING = { service: null, node: null, levels: [], text: "" };

describe("pickers and the query", () => {
  it("begins with every line", () => expect(readPicks(EVERY_LINE)).toEqual(NOTHING));

  it.each([
    ["a service", pickLabel(EVERY_LINE, "service", "checkout"), '{service="checkout"}'],
    ["any service again", pickLabel('{service="checkout"}', "service", null), '{node=~".+"}'],
    [
      "a node beside a service",
      pickLabel('{service="checkout"}', "node", "ai1"),
      '{service="checkout", node="ai1"}',
    ],
    ["in its place", pickLabel('{service="a", job="x"}', "service", "b"), '{service="b", job="x"}'],
    [
      "what cannot stand alone keeps company",
      pickLabel('{service="a", pod!="x"}', "service", null),
      '{node=~".+", pod!="x"}',
    ],
    [
      "a pattern that may match nothing too",
      pickLabel('{service="a", pod=~".*"}', "service", null),
      '{node=~".+", pod=~".*"}',
    ],
    ["a text", pickText('{a="b"} | json', 'say "hi"'), '{a="b"} |= "say \\"hi\\"" | json'],
    ["another text", pickText('{a="b"} |= "x" != "y"', "z"), '{a="b"} |= "z" != "y"'],
    ["no text", pickText('{a="b"} |= "x" != "y"', ""), '{a="b"} != "y"'],
    ["a level", pickLevels('{a="b"} |= "x"', ["error"]), '{a="b"} | detected_level="error" |= "x"'],
    [
      "levels by Loki's words",
      pickLevels('{a="b"}', ["warn", "critical"]),
      '{a="b"} | detected_level=~"critical|fatal|warn"',
    ],
    ["no level", pickLevels('{a="b"} | detected_level="error" | json', []), '{a="b"} | json'],
    ["a query that cannot be read stays", pickText('{a="b"', "x"), '{a="b"'],
    ["so does one for numbers", pickLevels('rate({a="b"}[5m])', ["error"]), 'rate({a="b"}[5m])'],
  ])("%s", (_, written, expected) => expect(written).toBe(expected));

  it("rests at a query for numbers and at none", () => {
    expect([readPicks('rate({a="b"}[5m])'), readPicks('{a="b"'), readPicks("")]).toEqual([null, null, null]);
  });

  it("shows what was written by hand, and only what a picker could have written", () => {
    expect(readPicks('{service="a", node=~"x|y"} |~ "b" | detected_level=~"err.*"')).toEqual({
      ...NOTHING,
      service: "a",
    });
    expect(readPicks('{service=`a`} |= "x" or "y"')).toEqual({ ...NOTHING, service: "a" });
  });
});

describe("filters of fields", () => {
  const json = (keep: boolean) => ({ name: "status", value: "500", where: "json" as const, keep });

  it.each([
    ["a parser before it", addFieldFilter('{a="b"}', json(true)), '{a="b"} | json | status="500"'],
    ["the one there is", addFieldFilter('{a="b"} | json', json(false)), '{a="b"} | json | status!="500"'],
    [
      "the one with parameters",
      addFieldFilter('{a="b"} | logfmt --strict', { ...json(true), where: "logfmt" }),
      '{a="b"} | logfmt --strict | status="500"',
    ],
    [
      "none for metadata",
      addFieldFilter('{a="b"}', { ...json(true), where: "metadata" }),
      '{a="b"} | status="500"',
    ],
    [
      "a label in the selector",
      addFieldFilter('{a="b"} | json', { name: "a", value: "c", where: "label", keep: true }),
      '{a="c"} | json',
    ],
    [
      "several that are not wanted",
      addFieldFilter('{a!="b", x="y"}', { name: "a", value: "c", where: "label", keep: false }),
      '{a!="b", a!="c", x="y"}',
    ],
    ["before a comment", addFieldFilter('{a="b"} # why', json(true)), '{a="b"} | json | status="500" # why'],
    ["a pattern", addPattern('{a="b"}', '<_> "x"'), '{a="b"} |> "<_> \\"x\\""'],
  ])("%s", (_, written, expected) => expect(written).toBe(expected));
});

const name = fc.constantFrom("service", "node", "pod", "job", "detected_level");
const value = fc.string({ unit: "binary", maxLength: 20 }).filter((text) => text.isWellFormed());
const step = fc.oneof(
  fc.tuple(fc.constantFrom("service", "node"), fc.option(value.filter((text) => text !== ""))).map(
    ([label, picked]) =>
      (query: string) =>
        pickLabel(query, label as "service" | "node", picked),
  ),
  value.map((text) => (query: string) => pickText(query, text)),
  fc.subarray([...LOG_LEVELS]).map((levels) => (query: string) => pickLevels(query, levels)),
  fc
    .record({
      name,
      value,
      where: fc.constantFrom("label" as const, "metadata" as const, "json" as const, "logfmt" as const),
      keep: fc.boolean(),
    })
    .map((filter) => (query: string) => addFieldFilter(query, filter)),
);
const anyQuery = fc
  .array(step, { maxLength: 8 })
  .map((steps) => steps.reduce((q, edit) => edit(q), EVERY_LINE));

describe("whatever is picked and filtered", () => {
  it("leaves a query that can be read", () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        expect(readLogQuery(query)).not.toBeNull();
      }),
    );
  });

  it("shows in the pickers what was picked last, and changes no other", () => {
    fc.assert(
      fc.property(anyQuery, value, (query, text) => {
        const before = readPicks(query);
        expect(readPicks(pickText(query, text))).toEqual({ ...before, text });
        const service = text || "x";
        expect(readPicks(pickLabel(query, "service", service))).toEqual({ ...before, service });
      }),
    );
  });

  it("asks of Loki at least one matcher that refuses the empty string", () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        const matchers = readLogQuery(query)?.matchers ?? [];
        const refuses = matchers.some(
          ({ operator, value: wanted }) =>
            (operator === "=" && wanted !== "") || (operator === "=~" && wanted === ".+"),
        );
        expect(refuses).toBe(true);
      }),
    );
  });

  it("takes what was picked away again", () => {
    fc.assert(
      fc.property(value, fc.subarray([...LOG_LEVELS], { minLength: 1 }), (text, levels) => {
        const picked = pickLevels(pickText(pickLabel(EVERY_LINE, "service", "a"), text), levels);
        const cleared = pickLabel(pickText(pickLevels(picked, []), ""), "service", null);
        expect(cleared).toBe(EVERY_LINE);
      }),
    );
  });
});
