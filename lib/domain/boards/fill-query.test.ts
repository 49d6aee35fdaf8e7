import { parser as logql } from "@grafana/lezer-logql";
import { parser as promql } from "@prometheus-io/lezer-promql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unquote } from "#lib/domain/logql/string-literal.ts";
import { fillQuery, labelOf, placeholderProblem } from "./fill-query.ts";
import { matcherLiterals, type QueryLanguage } from "./matcher-literals.ts";
import { takesLiteralText } from "./regex-place.ts";
import { placeholdersIn, variablesOf } from "./variables.ts";

const PARSER = { promql, logql };
const TAKEN: [QueryLanguage, string][] = [
  ["promql", 'up{service="$service"}'],
  ["promql", 'sum by (service) (rate(x{service=~"$service|other",node!="$node"}[5m])) / 2'],
  ["promql", '{__name__=~"a.*", "app.name"="$service-$node", node!~"(?i)(?:$node)+:\\\\d{2,4}"}'],
  ["promql", 'max_over_time(up{node=~"[[:alpha:]\\\\]]x\\\\.$node.*"}[1h:1m] offset 5m) or vector(0) # end'],
  ["logql", '{service="$service"} |= "error" | node="$node"'],
  ["logql", '{service=~"$service|b", node!="x"} | json | drop node="$node" | level=~"$service"'],
  ["logql", '{a="\\\\$service\\t"} != `x`'],
];

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '"',
          "\\",
          "'",
          "`",
          "\n",
          "\r",
          "\0",
          "{",
          "}",
          "#",
          "|",
          "$",
          "^",
          "*",
          "?",
          "(",
          ")",
          "[",
          "]",
        ],
      ),
      fc.constantFrom(
        '"}or vector(1)#',
        '"} |= "',
        "$service",
        "$node",
        "\\x41",
        "\\E",
        ".*",
        "$1",
        "$&",
        "\u2028",
      ),
      fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    { minLength: 1 },
  )
  .map((parts) => parts.join(""))
  .filter((text) => text !== "");

/** What a query is made of, level by level, whatever its texts say. */
function shapeOf(query: string, language: QueryLanguage): string[] {
  const shape: string[] = [];
  let depth = 0;
  PARSER[language].parse(query).iterate({
    enter: ({ name }) => void shape.push(`${depth++} ${name}`),
    leave: () => void depth--,
  });
  return shape;
}

function filled(query: string, language: QueryLanguage, service: string, node: string): string {
  const answer = fillQuery(query, language, { service, node });
  if ("problem" in answer) throw new Error(answer.problem);
  return answer.query;
}

describe("a filled query", () => {
  it.each<[QueryLanguage, string, string]>([
    ["promql", 'up{service="$service"}', 'up{service="pay.v2"}'],
    ["promql", 'up{service=~"$service-.*"}', 'up{service=~"pay\\\\.v2-.*"}'],
    [
      "logql",
      '{service="$service"} |= "x" | node=~"$node|nas1"',
      '{service="pay.v2"} |= "x" | node=~"ai\\"1|nas1"',
    ],
    ["promql", 'up{a="$services",b="$node_x"}', 'up{a="$services",b="$node_x"}'],
    ["promql", "vector(1) # nothing", "vector(1) # nothing"],
  ])("%s: %s", (language, query, expected) => {
    expect(filled(query, language, "pay.v2", 'ai"1')).toBe(expected);
  });

  it.each(TAKEN)("has the shape it was written with, whatever is filled in: %s %s", (language, query) => {
    const shape = shapeOf(query, language);
    expect(shape.some((node) => node.includes("⚠"))).toBe(false);
    fc.assert(
      fc.property(hostile, hostile, (service, node) => {
        expect(shapeOf(filled(query, language, service, node), language)).toEqual(shape);
      }),
      { numRuns: 500 },
    );
  });

  it("compares with the value itself, in a pattern as in a plain string", () => {
    const asked = (query: string, language: QueryLanguage, value: string) => {
      const text = filled(query, language, value, "n");
      const [literal] = matcherLiterals(text, language);
      return literal && unquote(text.slice(literal.from, literal.to));
    };
    fc.assert(
      fc.property(hostile, (raw) => {
        const value = raw.toWellFormed();
        expect(asked('{a="$service"}', "logql", value)).toBe(value);
        const pattern = new RegExp(`^(?:${asked('up{a=~"x|$service"}', "promql", value) ?? ""})$`, "u");
        expect(pattern.test(value)).toBe(true);
        expect(pattern.test(`${value}!`)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("waits for what is not chosen yet", () => {
    const ask = (query: string) => fillQuery(query, "promql", { service: "a", node: null });
    expect(ask('up{service="$service",node="$node"}')).toEqual({ problem: "it needs a node" });
    expect(ask('up{service="$service"}')).toEqual({ query: 'up{service="a"}' });
  });
});

describe("a placeholder is refused", () => {
  it.each<[QueryLanguage, string, string]>([
    ["promql", "up{service=$service}", "1:12: $service may only stand in the quoted value"],
    ["promql", "$service", "1:1: $service may only stand"],
    ["promql", "up\n  * on () $node", "2:11: $node may only stand"],
    ["promql", "up # of $service", "1:9: $service may only stand"],
    ["promql", 'label_replace(up,"a","$service","b","(.*)")', "1:23: $service may only stand"],
    ["promql", 'up{"$node"="x"}', "1:5: $node may only stand"],
    ["promql", "up{a='$node'}", "1:7: $node must stand in double quotes"],
    ["promql", "up{a=`$node`}", "1:7: $node must stand in double quotes"],
    ["promql", 'up{a="\\$node"}', "1:8: $node must stand in double quotes"],
    ["promql", 'up{a="$node\\u0041"}', "must not be part of an escape"],
    ["promql", 'up{a="\\u0024node$node"}', "must not be part of an escape"],
    ["promql", 'up{a=~"[$node]"}', "must stand on its own"],
    ["logql", '{a="b"} |= "$service"', "1:13: $service may only stand"],
    ["logql", '{a="b"} | ip = ip("$node")', "$node may only stand"],
    ["logql", '{a="b"} | line_format "$node"', "$node may only stand"],
    ["logql", "{a=`$node`}", "$node must stand in double quotes"],
    ["promql", 'up{a="x",b="${node}"}', "1:13: ${node} is written $node here"],
    ["logql", '{a="${service:regex}"}', "1:5: ${service:regex} is written $service here"],
  ])("%s: %s", (language, query, words) => {
    expect(placeholderProblem(query, language)?.message).toContain(words);
    expect(fillQuery(query, language, { service: "a", node: "b" })).toHaveProperty("problem");
  });

  it.each([
    ..."\\$node [$node [^$node] [a$node] [[:alpha:]$node] x{$node} (?$node:a) (?P<$node>a) \\x$node".split(
      " ",
    ),
    ..."\\x4$node \\x{$node} \\p$node \\Q$node \\1$node $node* $node+ $node? $node{2} (?i$node) \\pL\\$node".split(
      " ",
    ),
  ])("in the pattern %s", (pattern) => {
    const [place] = placeholdersIn(pattern);
    expect(place && takesLiteralText(pattern, place)).toBe(false);
  });
});

it("is taken in a pattern wherever text may stand", () => {
  const patterns =
    "$node a|$node ($node)* (?i)$node (?:a|$node) (?P<n>$node) \\\\$node \\.$node [\\]]$node []]$node x{2}$node \\x41$node";
  for (const pattern of [
    ...patterns.split(" "),
    "\\x{1F600}$node",
    "\\p{Greek}$node",
    "\\pL$node",
    "[^]]$node",
  ]) {
    const [place] = placeholdersIn(pattern);
    expect([pattern, place && takesLiteralText(pattern, place)]).toEqual([pattern, true]);
  }
});

it("tells which variables there are, and which labels they are held against", () => {
  expect(variablesOf(['{node="$node"}', 'up{service="$service"}', "x"])).toEqual(["service", "node"]);
  expect(variablesOf(["$services"])).toEqual([]);
  expect(labelOf('up{app="$service",n="$node"}', "promql", "node")).toBe("n");
  expect(labelOf('{host="$node"} | x="$service"', "logql", "service")).toBe("x");
  expect(labelOf("up", "promql", "node")).toBeNull();
});
