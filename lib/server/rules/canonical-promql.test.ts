import { describe, expect, it } from "vitest";
import { samePromql } from "./canonical-promql.ts";

describe("samePromql", () => {
  it.each([
    ["spaces", "sum(rate(x[5m]))", "sum ( rate(x [5m]) )"],
    ["comments", "x # why", "x"],
    ["the order of matchers", 'x{a="1",b="2"}', 'x{b="2", a="1"}'],
    ["quotes", `x{a='it"s'}`, 'x{a="it\\"s"}'],
    ["raw strings", "x{a=~`\\d+`}", 'x{a=~"\\\\d+"}'],
    ["durations", "rate(x[60m] offset 90s)", "rate(x[1h] offset 1m30s)"],
    ["numbers", "x > 1790000015", "x > 1.790000015e+09"],
    ["keywords", "SUM BY (a) (x) AND ON () y", "sum by (a) (x) and on() y"],
  ])("takes no notice of %s", (_, a, b) => expect(samePromql(a, b)).toBe(true));

  it.each([
    ["numbers", "x > 0.0144", "x > 0.0145"],
    ["windows", "rate(x[5m])", "rate(x[6m])"],
    ["operators", "x > 1", "x >= 1"],
    ["bool", "x > bool 1", "x > 1"],
    ["parentheses", "(a + b) * c", "a + b * c"],
    ["the case of names", "Foo", "foo"],
    ["labels of a group", "sum by (a) (x)", "sum by (b) (x)"],
    ["values", 'x{a="1"}', 'x{a="2"}'],
    ["match operators", 'x{a="1"}', 'x{a=~"1"}'],
    ["offsets", "x offset 5m", "x"],
  ])("tells %s apart", (_, a, b) => expect(samePromql(a, b)).toBe(false));
});
