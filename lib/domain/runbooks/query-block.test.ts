import { describe, expect, it } from "vitest";
import type { Target } from "./condition.ts";
import { queryBlocks, variablesOf } from "./query-block.ts";

const NONE: Target = { service: null, node: null };
const one = (code: string, target = NONE, language = "promql") =>
  queryBlocks([{ language, code }], target)[0];

describe("queryBlocks", () => {
  it.each([
    ["# Errors (ratio)\nup", { title: "Errors", unit: "ratio", query: "up" }],
    ["# Errors of (all) kinds\nup", { title: "Errors of (all) kinds", unit: null, query: "up" }],
    ["up # all of them", { title: null, unit: null, query: "up # all of them" }],
    ["#\nup", { title: null, unit: null, query: "up" }],
    ["# a\n# b\nup", { title: "a", query: "# b\nup" }],
  ])("%j", (code, expected) => expect(one(code)).toMatchObject(expected));

  it.each([
    ['up{service="$service"}', { service: "checkout", node: null }, 'up{service="checkout"}', null],
    ['up{service="$service"}', NONE, null, "it needs a service"],
    ['up{node="$node"}', { service: "x", node: null }, null, "it needs a node"],
    ['up{service="$service"}', { service: 'a"} or up{x="', node: null }, null, "cannot stand in a query"],
    ['up{service="$services"}', NONE, 'up{service="$services"}', null],
  ])("%s for %o", (code, target, query, problem) => {
    const block = one(code, target);
    expect(block?.query).toBe(query);
    if (problem === null) expect(block?.problem).toBeNull();
    else expect(block?.problem).toContain(problem);
  });

  it("takes PromQL and LogQL alone, each text once, forty at most", () => {
    const fences = [
      { language: "sh", code: "rm" },
      { language: "promql", code: "up" },
      { language: "promql", code: "up" },
      { language: "logql", code: '{a="b"}' },
      { language: "promql", code: "\n" },
    ];
    expect(queryBlocks(fences, NONE).map(({ id, language }) => [id, language])).toEqual([
      ["query-1", "promql"],
      ["query-2", "logql"],
    ]);
    const many = Array.from({ length: 50 }, (_, index) => ({ language: "promql", code: `up > ${index}` }));
    expect(queryBlocks(many, NONE)).toHaveLength(40);
  });
});

it("says what has to be chosen", () => {
  expect(variablesOf([{ code: "up{node='$node'}" }, { code: "$serviced" }])).toEqual(["node"]);
  expect(variablesOf([{ code: "$service" }, { code: "$node" }])).toEqual(["service", "node"]);
});
