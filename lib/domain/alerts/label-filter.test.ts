import { describe, expect, it } from "vitest";
import { labelFilter, readMatchers, writeMatchers } from "./label-filter.ts";

describe("readMatchers", () => {
  it.each([
    ['severity="page"', [["severity", "=", "page"]]],
    [
      '{a="1", b!~"x|y"}',
      [
        ["a", "=", "1"],
        ["b", "!~", "x|y"],
      ],
    ],
    [
      "a=1,b!=2",
      [
        ["a", "=", "1"],
        ["b", "!=", "2"],
      ],
    ],
    ['a="quo\\"te, \\\\"', [["a", "=", 'quo"te, \\']]],
    ['a=~"x\\\\.y"', [["a", "=~", "x\\.y"]]],
    ["", []],
  ])("%s", (text, expected) => {
    const read = readMatchers(text);
    expect("matchers" in read && read.matchers.map((one) => [one.label, one.operator, one.value])).toEqual(
      expected,
    );
  });

  it.each(["severity", "a==1", '1a="b"', 'a="b" c="d"'])("refuses %s", (text) =>
    expect(readMatchers(text)).toHaveProperty("problem"),
  );

  it("reads what is written", () => {
    const matchers = [
      { label: "a", operator: "=", value: 'x"\\' },
      { label: "b", operator: "=~", value: "x\\.y|z" },
    ] as const;
    expect(readMatchers(writeMatchers(matchers))).toEqual({ matchers });
  });
});

describe("labelFilter", () => {
  const labels = { service: "checkout", severity: "page" };
  it.each([
    ['service="checkout"', true],
    ['service!="checkout"', false],
    ['team=""', true],
    ['team!=""', false],
    ['service=~"check.*", severity="page"', true],
    ['service!~"check.*"', false],
    ['constructor=""', true],
  ])("%s", (text, expected) => {
    const read = readMatchers(text);
    const filter = labelFilter("matchers" in read ? read.matchers : []);
    expect("test" in filter && filter.test(labels)).toBe(expected);
  });

  it("refuses patterns that could take for ever", () =>
    expect(labelFilter([{ label: "a", operator: "=~", value: "(a+)+" }])).toHaveProperty("problem"));
});
