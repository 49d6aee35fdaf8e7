import { describe, expect, test } from "vitest";
import { type ExplainedPart, explainPromql } from "./explain.ts";

/** The whole explanation as lines, each part indented below what works on it; what is not known is marked. */
function linesOf(query: string): string[] {
  const { part } = explainPromql(query);
  if (!part) throw new Error(`${query} is not read`);
  const lines = (one: ExplainedPart, depth: number): string[] => [
    `${"  ".repeat(depth)}${one.text} → ${one.says}${one.known ? "" : " (unknown)"}`,
    ...one.parts.flatMap((inner) => lines(inner, depth + 1)),
  ];
  return lines(part, 0);
}

/** What is said of the query itself. */
const saysOf = (query: string) => explainPromql(query).part?.says;

test("a whole query, outermost part first", () => {
  const selector = 'http_bucket{service="checkout", status!=""}[5m]';
  expect(linesOf(`histogram_quantile(0.99, sum by (le) (rate(${selector})))`)).toEqual([
    `histogram_quantile(0.99, sum by (le) (rate(${selector}))) → Estimates the 0.99 quantile from the buckets of each histogram: no more exact than its buckets are narrow.`,
    `  sum by (le) (rate(${selector})) → Adds up, for each le.`,
    `    rate(${selector}) → Tells how fast each counter rose per second on average over that time, restarts allowed for.`,
    `      ${selector} → All samples of the last 5 minutes of each series of http_bucket where service is checkout and status is there.`,
  ]);
});

describe("what follows an expression belongs to its last operand", () => {
  test.each([
    [
      "a + b offset 1h30m",
      [
        "a + b offset 1h30m → Adds the two sides.",
        "  a → The newest value of each series of a.",
        "  b offset 1h30m → As it was 1 hour 30 minutes earlier.",
        "    b → The newest value of each series of b.",
      ],
    ],
    [
      "-up @ end()",
      [
        "-up @ end() → The same with the opposite sign.",
        "  up @ end() → As it was at the end of the range that is looked at, the same for every point.",
        "    up → The newest value of each series of up.",
      ],
    ],
    [
      "a / b[5m]",
      [
        "a / b[5m] → Divides the left side by the right.",
        "  a → The newest value of each series of a.",
        "  b[5m] → All samples of the last 5 minutes of each series of b.",
      ],
    ],
    [
      "(a + b) offset 5m",
      [
        "(a + b) offset 5m → As it was 5 minutes earlier.",
        "  a + b → Adds the two sides.",
        "    a → The newest value of each series of a.",
        "    b → The newest value of each series of b.",
      ],
    ],
  ])("%s", (query, lines) => expect(linesOf(query)).toEqual(lines));
});

describe("selectors", () => {
  const of = (words: string) => `The newest value of each series of ${words}.`;
  test.each([
    ["up", of("up")],
    ['{job="node"}', of("any metric where job is node")],
    ['{"a.b"}', of("a.b")],
    ['up{node=~"ai1|ai2"}', of("up where node is ai1 or ai2")],
    ['up{node!~"ai1|ai2"}', of("up where node is neither ai1 nor ai2")],
    ['up{node=~"ai.*"}', of("up where all of node fits the pattern ai.*")],
    ["up{node!~'ai.*'}", of("up where node does not fit the pattern ai.*")],
    ['up{a="", b!="x", "c.d"="`"}', of("up where a is not there, b is not x and c.d is `")],
  ])("%s", (query, says) => expect(saysOf(query)).toBe(says));
});

describe("times", () => {
  test.each([
    ["x[300]", "All samples of the last 300 seconds of each series of x."],
    ["x[1d12h]", "All samples of the last 1 day 12 hours of each series of x."],
    ["x[500ms]", "All samples of the last 500 milliseconds of each series of x."],
    ["x[1h:]", "Works out what stands below over the last 1 hour, at the source's own interval."],
    ["x[1h:5m]", "Works out what stands below over the last 1 hour, every 5 minutes."],
    ["x offset -5m", "As it will be 5 minutes later."],
    ["x @ 1700000000", "As it was at 1700000000 seconds since 1970, the same for every point."],
  ])("%s", (query, says) => expect(saysOf(query)).toBe(says));
});

describe("aggregations", () => {
  test.each([
    ["sum(x)", "Adds up, over all series together."],
    ["sum by () (x)", "Adds up, over all series together."],
    ["SUM(x) by (b, a)", "Adds up, for each b and a."],
    ["avg without (pod) (x)", "Averages, for all labels alike but pod."],
    ["max without () (x)", "Takes the highest, series by series."],
    ["topk(5, x)", "Keeps the 5 series with the highest values, over all series together."],
    [
      'count_values("version", x)',
      "Counts how many series have each value, which becomes the label version, over all series together.",
    ],
    ["quantile(scalar(q), x)", "Takes the scalar(q) quantile, over all series together."],
  ])("%s", (query, says) => expect(saysOf(query)).toBe(says));
});

describe("operators", () => {
  test.each([
    ["a>2", "Keeps the left side where it is above the right."],
    [
      "a ==bool b",
      "Keeps the left side where it equals the right; here it answers 1 or 0 instead of leaving series out.",
    ],
    [
      "a and on(x) b",
      "Keeps the series of the left side that the right side has, too; series belong together by x.",
    ],
    ["a * ignoring(x, y) b", "Multiplies the two sides; series belong together by all labels but x and y."],
    [
      "a / on(n) group_left(r) b",
      "Divides the left side by the right; series belong together by n; on the left several may belong to one, and takes over r.",
    ],
    ["a atan2 b", "Takes the angle of the two sides."],
    ["a # c\n - b", "Takes the right side from the left."],
  ])("%s", (query, says) => expect(saysOf(query)).toBe(says));
});

describe("what it does not know it says", () => {
  test.each([
    [
      "info(up)",
      [
        "info(up) → Burnline has no words for info. (unknown)",
        "  up → The newest value of each series of up.",
      ],
    ],
    [
      "rate(x[5m] anchored)",
      [
        "rate(x[5m] anchored) → Tells how fast each counter rose per second on average over that time, restarts allowed for.",
        "  x[5m] anchored → Burnline has no words for this. (unknown)",
        "    x[5m] → All samples of the last 5 minutes of each series of x.",
      ],
    ],
    [
      "a + fill(0) b",
      [
        "a + fill(0) b → Adds the two sides; Burnline has no words for fill. (unknown)",
        "  a → The newest value of each series of a.",
        "  b → The newest value of each series of b.",
      ],
    ],
  ])("%s", (query, lines) => expect(linesOf(query)).toEqual(lines));

  test.each([
    ["sum(", 4],
    ["up{", 3],
    ["no_such_function(up)", 16],
    ["up up", 3],
    ["", 0],
  ])("%j is read up to %i", (query, at) => expect(explainPromql(query)).toEqual({ part: null, at }));
});
