import { parser as logqlParser } from "@grafana/lezer-logql";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { quote } from "#lib/domain/logql/string-literal.ts";
import { confineLogql, logqlSelector } from "./logql.ts";
import { confinePromql, promqlSelector } from "./promql.ts";
import { satisfies } from "./satisfies.ts";

const PROD: LabelMatcher[] = [{ label: "namespace", operator: "=", value: "prod" }];

describe("PromQL", () => {
  test.each<[string, string]>([
    ["up", 'up{namespace="prod"}'],
    ["up{}", 'up{namespace="prod",}'],
    ['{__name__=~"a.*"}', '{namespace="prod",__name__=~"a.*"}'],
    ['up{namespace="other"}', 'up{namespace="prod",namespace="other"}'],
    ["sum(up) by (a) / on (b) down", 'sum(up{namespace="prod"}) by (a) / on (b) down{namespace="prod"}'],
    [
      "max_over_time(rate(up[5m])[1h:1m] @ end())",
      'max_over_time(rate(up{namespace="prod"}[5m])[1h:1m] @ end())',
    ],
    ["up offset -5m", 'up{namespace="prod"} offset -5m'],
    ['up{a="}{",b=`"`,c=\'"\'}', 'up{namespace="prod",a="}{",b=`"`,c=\'"\'}'],
    ["up # one\n+ down # two", 'up{namespace="prod"} + down{namespace="prod"}'],
    ['{"utf8.name","a.b"="c"}', '{namespace="prod","utf8.name","a.b"="c"}'],
    ["time", 'time{namespace="prod"}'],
    ...["1 + 1", "time()", "vector(1)", "scalar(vector(2)) > bool 1"].map((same): [string, string] => [
      same,
      same,
    ]),
  ])("%s", (expr, confined) => {
    expect(confinePromql(expr, PROD).replace(/ +/g, " ")).toBe(confined);
  });

  test.each([
    ["", "cannot be read"],
    ["up{", "cannot be read"],
    ["up)", "cannot be read"],
    ["up down", "cannot be read"],
    ['up{a="b" or c="d"}', "cannot be read"],
    ["WITH (a = up) a", "cannot be read"],
    ["unknown_function(up)", "cannot be read"],
    ["up\u00a0+ down", "unusual characters"],
    ["up\u2028+ down", "unusual characters"],
    ['up{a="b\\\n"}', "not closed on its line"],
    ['up{a="b', "cannot be read"],
  ])("%j is refused", (expr, words) => {
    const message = expect.stringContaining(words) as string;
    expect(() => confinePromql(expr, PROD)).toThrow(expect.objectContaining({ code: "bad_query", message }));
  });

  test("info() is refused, wherever it stands", () => {
    expect(() => confinePromql('sum(info(up, {a="b"}))', PROD)).toThrow(
      expect.objectContaining({ code: "forbidden" }) as Error,
    );
  });

  test("every matcher is added, quoted, and one on the name replaces the name before the braces", () => {
    const matchers: LabelMatcher[] = [
      { label: "__name__", operator: "!~", value: "node_.*" },
      { label: "team", operator: "!=", value: 'a"}\\' },
    ];
    const added = '__name__!~"node_.*",team!="a\\"}\\\\"';
    expect(confinePromql('up + up{a="b"}', matchers)).toBe(
      `{__name__="up",${added}} + {__name__="up",${added},a="b"}`,
    );
    expect(promqlSelector(matchers)).toBe(`{__name__!="",${added}}`);
  });

  test("nobody's query is touched who is not confined", () => {
    expect(confinePromql("nonsense {", [])).toBe("nonsense {");
    expect(confineLogql("nonsense {", [])).toBe("nonsense {");
  });
});

describe("LogQL", () => {
  test.each([
    ['{a="b"}', '{namespace="prod",a="b"}'],
    ['{namespace=~".+"} |= "{" | json', '{namespace="prod",namespace=~".+"} |= "{" | json'],
    [
      'sum by (x) (rate({a=~`}`}[5m])) / count_over_time({c!="d"} # }\n |~ "e" [1m])',
      'sum by (x) (rate({namespace="prod",a=~`}`}[5m])) / count_over_time({namespace="prod",c!="d"} |~ "e" [1m])',
    ],
    ['{a="b"} | line_format `{{.x}} // {`', '{namespace="prod",a="b"} | line_format `{{.x}} // {`'],
    ["vector(1)", "vector(1)"],
  ])("%s", (expr, confined) => {
    expect(confineLogql(expr, PROD).replace(/ +/g, " ")).toBe(confined);
  });

  test.each([
    ["", "cannot be read"],
    ["{}", "cannot be read"],
    ['{a="b"', "cannot be read"],
    ["{a='b'}", "cannot be read"],
    ['{a="b"} // {', "cannot be read"],
    ['{a="b"} /* */', "cannot be read"],
    ['{a="b"}\u00a0|= "c"', "unusual characters"],
  ])("%j is refused", (expr, words) => {
    const message = expect.stringContaining(words) as string;
    expect(() => confineLogql(expr, PROD)).toThrow(expect.objectContaining({ code: "bad_query", message }));
  });

  test("every stream selector of a hostile query begins with the matchers", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom('"} or {a="', "`", "#", '{namespace="other"}', "\\", '\\"', "//", "\r"),
    );
    const literal = fc.oneof(text.map(quote), fc.constantFrom("`}`", '"\\u007d"', "`{`"));
    const selector = fc
      .array(fc.tuple(fc.constantFrom("namespace", "a"), fc.constantFrom("=", "=~", "!="), literal), {
        minLength: 1,
        maxLength: 3,
      })
      .map((list) => `{${list.map((one) => one.join("")).join(", ")}}`);
    const stage = fc.oneof(
      literal.map((line) => `|= ${line}`),
      literal.map((line) => `| line_format ${line}`),
      fc.constantFrom("| json", '| logfmt # {a="b"}', "\n", "# \r or {\n"),
    );
    const query = fc
      .tuple(selector, fc.array(stage, { maxLength: 3 }), selector, fc.nat(3))
      .map(([one, stages, two, form]) => {
        const log = `${one} ${stages.join("\n")}\n`;
        const rate = `sum(rate(${log}[5m]))`;
        return [log, rate, `${rate} / ${rate}`, `${rate} or count_over_time(${two}[1m])`][form] ?? log;
      });
    const property = fc.property(query, (expr) => {
      const confined = confineLogql(expr, PROD);
      const heads = new Set<string>();
      let errors = 0;
      logqlParser.parse(confined).iterate({
        enter: ({ name, type, from }) => {
          if (type.isError) errors += 1;
          if (name === "Selector") heads.add(confined.slice(from, from + 18));
        },
      });
      expect([errors, [...heads]]).toEqual([0, ['{namespace="prod",']]);
    });
    fc.assert(property, { numRuns: 200 });
  });

  test("a selector of one's own", () => expect(logqlSelector(PROD)).toBe('{namespace="prod"}'));
});

describe("satisfies", () => {
  test.each<[string, LabelMatcher["operator"], string, boolean]>([
    ["namespace", "=", "prod", true],
    ["namespace", "=", "pro", false],
    ["namespace", "!=", "prod", false],
    ["namespace", "=~", "prod|test", true],
    ["namespace", "=~", "pro", false],
    ["namespace", "=~", "(?i)PROD", true],
    ["namespace", "=~", "PROD", false],
    ["namespace", "!~", "pr.*", false],
    ["namespace", "!~", "pr", true],
    ["namespace", "=~", "(", false],
    ["namespace", "!~", "(", false],
    ["namespace", "=~", "pr\\od", true],
    ["missing", "=", "", true],
    ["missing", "!=", "", false],
    ["missing", "=~", ".*", true],
    ["missing", "=~", ".+", false],
    ["missing", "!=", "prod", true],
    ["toString", "=", "", true],
    ["lines", "=~", "a.*", false],
    ["lines", "!~", "a.*", false],
  ])("%s%s%j is %s", (label, operator, value, expected) => {
    const labels = { namespace: "prod", lines: "a\nb" };
    expect(satisfies(labels, [{ label, operator, value }])).toBe(expected);
  });

  test("all matchers together, and none is always satisfied", () => {
    const both: LabelMatcher[] = [...PROD, { label: "team", operator: "=", value: "pay" }];
    expect(satisfies({ namespace: "prod" }, both)).toBe(false);
    expect(satisfies({ namespace: "prod", team: "pay" }, both)).toBe(true);
    expect(satisfies({}, [])).toBe(true);
  });
});
