import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSloCode } from "./read-slo-code.ts";

const read = (text: string) => readSloCode([{ name: "", text }]);
const errorsOf = (text: string) => read(text).problems.filter(({ severity }) => severity === "error");

const levels = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`);
const BOMB = ["a0: &a0 lol", ...levels].join("\n");

// A busy machine takes longer than the usual limit for some hundred files.
describe("hostile YAML", { timeout: 60_000 }, () => {
  it.each<[string, string, RegExp]>([
    ["too long", `a: "${"x".repeat(900_001)}"`, /characters/],
    ["deep brackets", "[".repeat(500_000), /nested/],
    ["deep braces", "{a: ".repeat(100_000), /nested/],
    ["deep dashes", "- ".repeat(100_000), /nested/],
    ["deep questions", "? ".repeat(100_000), /nested/],
    ["many parts", "a: 1\n".repeat(60_000), /parts/],
    ["many documents", "--- 1\n".repeat(2_000), /documents/],
    ["a bomb of aliases", BOMB, /more than 100000 parts/],
    ["many aliases", `a: &a 1\n${"- *a\n".repeat(10)}`, /./],
    ["an alias of itself", "a: &a [*a]", /itself/],
    ["no such anchor", "a: *b", /[Uu]nresolved|anchor/],
    ["a key twice", "a: 1\nb: 2\na: 3", /"a" is there already/],
    ["merge keys", "a: &a {b: 1}\nc:\n  <<: *a", /Merge/],
    ["no YAML", "a: [1, 2\nb: c: d", /./],
    ["a tab", "a:\n\t- b", /./],
    ["a scalar", "42", /no format/],
    ["a list", "- version: prometheus/v1", /no format/],
    ["an unknown format", "apiVersion: v1\nkind: ConfigMap", /"v1 ConfigMap" is no format/],
    ["the prototype", "apiVersion: constructor\nkind: x\n__proto__: {a: 1}", /no format/],
    ["wrong types", "version: prometheus/v1\nservice: [a]\nslos: 3", /expected/],
  ])("%s is a problem with a place", (_, text, message) => {
    const problems = errorsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.some((one) => message.test(one.message))).toBe(true);
    expect(problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
    expect(read(text).definitions).toEqual([]);
  });

  it("is empty without text, and with comments alone", () => {
    expect(read("")).toEqual({ definitions: [], problems: [] });
    expect(read("# nothing\n---\n# at all\n")).toEqual({ definitions: [], problems: [] });
  });

  it("reads an alias that is used fairly", () => {
    const text = `version: prometheus/v1
service: &name checkout
slos:
  - name: *name
    objective: 99
    sli: { events: { error_query: "sum(rate(e[{{.window}}]))", total_query: "sum(rate(t[{{.window}}]))" } }`;
    expect(read(text).definitions.map(({ definition }) => definition.name)).toEqual(["checkout"]);
  });

  it("never throws, whatever stands in the fields", () => {
    const heads = [
      { version: "prometheus/v1" },
      { apiVersion: "sloth.slok.dev/v1", kind: "PrometheusServiceLevel" },
      { apiVersion: "openslo/v1", kind: "SLO" },
      { apiVersion: "pyrra.dev/v1alpha1", kind: "ServiceLevelObjective" },
      { apiVersion: "slo.dev/v1", kind: "ServiceLevelObjective" },
      { apiVersion: "burnline.dev/v1", kind: "SLO" },
    ];
    const fields = [
      "metadata",
      "spec",
      "service",
      "slos",
      "name",
      "indicator",
      "objectives",
      "sli",
      "labels",
    ];
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...fields), tie("any"), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.dictionary(fc.constantFrom(...fields), value),
        (head, body) => {
          const { definitions, problems } = read(JSON.stringify({ ...body, ...head }));
          expect(definitions).toEqual([]);
          expect(problems.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("never throws over any text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => void read(text)));
  });
});
