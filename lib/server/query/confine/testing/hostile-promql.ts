import "server-only";
import fc from "fast-check";

/** Text between tokens; comments that lexers end at different characters among it. */
const gap = fc.constantFrom(
  " ",
  "\n",
  "\t",
  "\r",
  ' # {namespace="other"}\n',
  ' # "\n',
  ' # \r or jobs{namespace="other"} #\n',
  " # } or jobs or {\n",
  "  ",
  "\u00a0",
);

const other = fc.constantFrom(
  '"other"',
  "'other'",
  "`other`",
  '"\\u006fther"',
  '"\\x6fther"',
  '"\\157ther"',
  "'\\U0000006fther'",
);
const trap = fc.constantFrom(
  '"} or jobs{namespace=\\"other\\"} or {a=\\""',
  '`} or jobs or {a="`',
  "'\"} or jobs #'",
  '"\\\\"',
  '"\\\\\\""',
  "'{'",
  '"#"',
  "`\\`",
  '"\u2028}"',
  '"',
  '"a\nb"',
  '"a\\\nb"',
);

const matcher = fc.oneof(
  other.map((value) => `namespace=${value}`),
  other.map((value) => `namespace=~${value}`),
  trap.map((value) => `service!=${value}`),
  trap.map((value) => `service!~${value}`),
  fc.constantFrom(
    'namespace!="prod"',
    'namespace=~".*"',
    'namespace=~"prod|other"',
    'namespace!~"pr.*"',
    'namespace=""',
    'secret="other"',
    '__name__=~".+"',
    '__name__="jobs"',
    '"namespace"="other"',
    'le="1" or namespace="other"',
  ),
);

const selector = fc
  .record({
    name: fc.constantFrom("jobs", "requests_total", "bool_jobs", "", "sum", "time", "ALERTS", "by"),
    matchers: fc.option(fc.array(matcher, { maxLength: 4 })),
    before: fc.oneof(fc.constant(""), gap),
    within: fc.oneof(fc.constant(""), gap),
    comma: fc.constantFrom("", ","),
  })
  .map(({ name, matchers, before, within, comma }) =>
    matchers === null
      ? name || "jobs"
      : `${name}${before}{${within}${matchers.join(`${within},`)}${matchers.length > 0 ? comma : ""}}`,
  );

const wrappers: readonly ((inner: string, second: string, space: string) => string)[] = [
  (x) => `sum by (namespace, secret) (${x})`,
  (x) => `count_values("value", ${x})`,
  (x) => `rate(${x}[5m])`,
  (x) => `max_over_time(${x}[10m:1m])`,
  (x, _, s) => `last_over_time(${x}[5m] offset${s}1m)`,
  (x) => `${x} @ end()`,
  (x) => `(${x} @ start())[10m:1m]`,
  (x) => `label_replace(${x}, "namespace", "prod", "namespace", "(.*)")`,
  (x) => `label_join(${x}, "namespace", "", "secret")`,
  (x, y, s) => `${x}${s}or${s}${y}`,
  (x, y, s) => `${x} unless on()${s}${y}`,
  (x, y) => `${x} * on (service) group_left (secret) ${y}`,
  (x, y) => `${x} + ignoring (namespace, secret) ${y}`,
  (x) => `absent(${x})`,
  (x) => `vector(scalar(sum(${x})))`,
  (x) => `topk(3, ${x})`,
  (x) => `quantile(0.5, ${x}) without (service)`,
  (x) => `histogram_quantile(0.9, ${x})`,
  (x, y) => `${x} > bool ${y}`,
  (x) => `-(${x})`,
  (x) => `timestamp(${x})`,
  (x) => `sort_desc(${x})`,
  (x, y) => `${x} if ${y}`,
  (x) => `info(${x})`,
  (x) => `${x}{namespace="other"}`,
  (x, _, s) => `${x}${s}`,
  (x) => `sum(${x}) # ) or jobs`,
  (x) => `WITH (a = jobs) ${x} + a`,
];

const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    selector,
    fc
      .tuple(fc.constantFrom(...wrappers), tie("query"), tie("query"), gap)
      .map(([wrap, inner, second, space]) => wrap(inner, second, space)),
  ),
}));

const fragment = fc.constantFrom(
  ...[
    '"',
    "'",
    "`",
    "\\",
    "}",
    "{",
    "#",
    "\r",
    "\n",
    ")",
    "(",
    ",",
    " or jobs ",
    "//",
    "/*",
    "*/",
    "\u2028",
    "\0",
  ],
  ...[
    '} or jobs{namespace="other"} or x{',
    '"} or jobs #',
    "# \r or jobs\n",
    '{namespace="other"}',
    "[5m]",
    "jobs",
  ],
);

/** Queries that try to read past a matcher on `namespace`: well-formed ones, and ones with a piece put in anywhere. */
export const hostilePromql = fc.oneof(
  { weight: 3, arbitrary: query },
  {
    weight: 1,
    arbitrary: fc
      .tuple(query, fragment, fc.nat())
      .map(
        ([text, piece, at]) =>
          text.slice(0, at % (text.length + 1)) + piece + text.slice(at % (text.length + 1)),
      ),
  },
);
