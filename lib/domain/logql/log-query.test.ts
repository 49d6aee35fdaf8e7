import { parser } from "@grafana/lezer-logql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineContains, lineExcludes, logSelector } from "./log-query.ts";
import { quote, unquote } from "./string-literal.ts";

/** Every leaf of the syntax tree with its text; an error node shows as "⚠". */
function leaves(query: string): [string, string][] {
  const found: [string, string][] = [];
  parser.parse(query).iterate({
    enter: (node) => {
      if (node.type.isError) found.push(["⚠", query.slice(node.from, node.to)]);
      else if (!node.node.firstChild) found.push([node.name, query.slice(node.from, node.to)]);
    },
  });
  return found;
}

const hostile = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc
    .array(fc.constantFrom('"', "\\", "`", "}", "{", "\n", "\r", "\0", "#", "|", "=", "é", "🚀", "\u2028"), {
      minLength: 1,
    })
    .map((parts) => parts.join("")),
);

describe("logSelector", () => {
  it("writes one exact matcher per label", () => {
    expect(logSelector({ service: "api" })).toBe('{service="api"}');
    expect(logSelector({ job: "systemd-journal", node: "nas1" })).toBe(
      '{job="systemd-journal", node="nas1"}',
    );
    expect(logSelector({ service: 'a"}' })).toBe('{service="a\\"}"}');
    expect(logSelector({ service: "a\\\n\0" })).toBe('{service="a\\\\\\n\\u0000"}');
  });

  it("is one selector with one matcher whose value is the input, whatever the input", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const [name, operator, literal, ...rest] = leaves(logSelector({ service: value }));
        expect([name, operator, rest]).toEqual([["Identifier", "service"], ["Eq", "="], []]);
        expect(literal?.[0]).toBe("String");
        // JSON.parse is a second reader, independent of our own `unquote`.
        expect(JSON.parse(literal?.[1] ?? "")).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it("refuses what Loki would refuse", () => {
    expect(() => logSelector({})).toThrow(RangeError);
    expect(() => logSelector({ service: "" })).toThrow(RangeError);
    expect(() => logSelector({ 'a="x"} or {b': "y" })).toThrow(RangeError);
  });
});

describe("line filters", () => {
  it("hold the text as one literal, whatever the text", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const all = leaves(`{a="b"} ${lineContains(text)} ${lineExcludes(text)}`).slice(3);
        expect(all.map(([name]) => name)).toEqual(["PipeExact", "String", "Neq", "String"]);
        expect(JSON.parse(all[1]?.[1] ?? "")).toBe(text);
        expect(JSON.parse(all[3]?.[1] ?? "")).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe("unquote", () => {
  it.each([
    ['"plain"', "plain"],
    ['"\\a\\b\\f\\n\\r\\t\\v\\\\\\""', '\u0007\b\f\n\r\t\v\\"'],
    ['"\\u00e9\\U0001F680\\x41\\101"', "é🚀AA"],
    ['`raw \\n "kept"`', 'raw \\n "kept"'],
    ['""', ""],
    ['"\\xff"', null],
    ['"\\ud800"', null],
    ['"\\U00110000"', null],
    ['"\\q"', null],
    ['"a"b"', null],
    ['"a\\"', null],
    ['"two\nlines"', null],
    ['"', null],
    ["plain", null],
  ])("reads %s", (literal, expected) => {
    expect(unquote(literal)).toBe(expected);
  });

  it("reads back what quote wrote", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(unquote(quote(text))).toBe(text);
      }),
    );
  });
});
