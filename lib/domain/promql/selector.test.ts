import { parser } from "@prometheus-io/lezer-promql";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quote } from "./quote.ts";
import { eq, escapeRegex, labelList, matches, neq, noneOf, oneOf, selector } from "./selector.ts";

/** Names and literals of the whole query, in order, as "Node:text"; an error node reads "⚠:". */
function nodes(query: string): string[] {
  const found: string[] = [];
  parser.parse(query).iterate({
    enter: (node) => {
      found.push(`${node.name}:${query.slice(node.from, node.to)}`);
    },
  });
  return found;
}

function literals(query: string): string[] {
  return nodes(query)
    .filter((node) => node.startsWith("StringLiteral:"))
    .map((node) => unquote(node.slice("StringLiteral:".length)));
}

/** Reads a literal as Go does; three `\x` bytes are the UTF-8 form of one lone surrogate. */
function unquote(literal: string): string {
  expect(literal).toMatch(
    /^"(?:[^"\\\p{Cc}\p{Cs}\ufffd]|\\x[89a-f][0-9a-f]|\\xed|\\u[0-9a-f]{4}|\\["\\nrt])*"$/u,
  );
  return literal
    .slice(1, -1)
    .replace(
      /\\(?:xed\\x(..)\\x(..)|u(....)|(.))/g,
      (_, high?: string, low?: string, unit?: string, letter = "") => {
        if (high && low)
          return String.fromCharCode(0xd000 | ((parseInt(high, 16) & 63) << 6) | (parseInt(low, 16) & 63));
        if (unit) return String.fromCharCode(parseInt(unit, 16));
        return { n: "\n", r: "\r", t: "\t" }[letter as string] ?? letter;
      },
    );
}

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '"',
        "\\",
        "'",
        "`",
        "\n",
        "\r",
        "\t",
        "\0",
        "{",
        "}",
        "#",
        "x",
        "u",
        "\u2028",
        "\u007f",
      ),
      fc.constantFrom('"}or vector(1)#', "\\x41", "\\u0041", "\\", "$1", ".*", "|"),
      fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
  )
  .map((parts) => parts.join(""));

describe("selector", () => {
  test.each([
    [selector("up"), "up"],
    [selector("up", { job: eq("node") }), 'up{job="node"}'],
    [
      selector("http_requests_total", { service: eq('a"}or vector(1)#'), status: matches("5..") }),
      'http_requests_total{service="a\\"}or vector(1)#",status=~"5.."}',
    ],
    [
      selector("x", { mountpoint: [neq(""), noneOf(["/a.b", "/c"])] }),
      'x{mountpoint!="",mountpoint!~"/a\\\\.b|/c"}',
    ],
    [selector("x", { node: oneOf(["ai1", "a|b"]) }), 'x{node=~"ai1|a\\\\|b"}'],
    [selector("x", { node: oneOf([]) }), 'x{node=~"[^\\\\x00-\\\\x{10FFFF}]"}'],
    [selector("Inf", { node: eq("ai1") }), '{__name__="Inf",node="ai1"}'],
  ])("writes %s", (written, expected) => expect(written).toBe(expected));

  test("any text stays inside its one matcher", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const query = selector("http_requests_total", { service: eq(value) });
        expect(nodes(query).map((node) => node.slice(0, node.indexOf(":")))).toEqual([
          ...["PromQL", "VectorSelector", "Identifier", "LabelMatchers"],
          ...["UnquotedLabelMatcher", "LabelName", "MatchOp", "EqlSingle", "StringLiteral"],
        ]);
        expect(literals(query)).toEqual([value]);
      }),
      { numRuns: 2000 },
    );
  });

  test("every metric name is read as that name", () => {
    const words = "inf NaN bool offset and or unless atan2 on ignoring by without group_left group_right";
    const more =
      "sum count group topk quantile limitk start end rate time vector scalar info anchored smoothed";
    const name = fc.oneof(
      fc.constantFrom(...`${words} ${more} fill fill_left fill_right step range`.split(" ")),
      fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,20}$/),
    );
    fc.assert(
      fc.property(name, (metric) => {
        const found = nodes(selector(metric, { node: eq("n") }));
        expect(found[1]).toMatch(/^VectorSelector:/);
        expect(found.some((node) => node.startsWith("⚠"))).toBe(false);
        expect(found.some((node) => node === `Identifier:${metric}` || node.includes(`"${metric}"`))).toBe(
          true,
        );
      }),
    );
  });

  test.each(["", "a b", "up{", "1up", "ü", 'x"', "a-b"])("refuses the name %j", (name) => {
    expect(() => selector(name)).toThrow(RangeError);
    expect(() => selector("up", { [name]: eq("x") })).toThrow(RangeError);
    expect(() => labelList("node", name)).toThrow(RangeError);
  });
  test("a colon belongs to metrics, not to labels", () => {
    expect(selector("job:up:sum")).toBe("job:up:sum");
    expect(() => labelList("a:b")).toThrow(RangeError);
  });
  test("labelList", () => expect(labelList("service", "node")).toBe("(service, node)"));
});

describe("escapeRegex", () => {
  test("an alternation of names matches exactly these names", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), hostile, (names, other) => {
        const pattern = new RegExp(`^(?:${names.map(escapeRegex).join("|")})$`, "u");
        for (const name of names) expect(pattern.test(name)).toBe(true);
        expect(pattern.test(other)).toBe(names.includes(other));
      }),
      { numRuns: 1000 },
    );
  });
});

test("quote writes Go escapes", () => {
  expect(quote('a"\\\n\r\t\0\u007f\ud800\ufffdé😀')).toBe(
    '"a\\"\\\\\\n\\r\\t\\u0000\\u007f\\xed\\xa0\\x80\\ufffdé😀"',
  );
});
