import { quote } from "./quote.ts";

/** One condition on a label, already written as PromQL; made only by the functions below. */
export interface Matcher {
  readonly operator: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Words that the lexer never reads as a metric's name; such a metric is named by `__name__`. */
const RESERVED = /^(?:inf|nan|bool|offset|and|or|unless|atan2|on|ignoring|group_left|group_right)$/i;
/** An empty character class: valid RE2 that no string matches, not even the empty one. */
const NEVER = "[^\\x00-\\x{10FFFF}]";
const REGEX_SYNTAX = /[\\.+*?()|[\]{}^$]/g;

/** The label is exactly `value`. */
export function eq(value: string): Matcher {
  return { operator: "=", value };
}

/** The label is anything but `value`. */
export function neq(value: string): Matcher {
  return { operator: "!=", value };
}

/** The label matches an RE2 pattern of our own, whole; never put outside text into it unescaped. */
export function matches(pattern: string): Matcher {
  return { operator: "=~", value: pattern };
}

/** The label does not match an RE2 pattern of our own; see {@link matches}. */
export function notMatches(pattern: string): Matcher {
  return { operator: "!~", value: pattern };
}

/** The label is one of `values`, taken literally; an empty list matches nothing. */
export function oneOf(values: readonly string[]): Matcher {
  return matches(values.length === 0 ? NEVER : values.map(escapeRegex).join("|"));
}

/** The label is none of `values`, taken literally; an empty list excludes nothing. */
export function noneOf(values: readonly string[]): Matcher {
  return notMatches(values.length === 0 ? NEVER : values.map(escapeRegex).join("|"));
}

/** Escapes text so that an RE2 pattern matches it literally, as Go's `regexp.QuoteMeta` does. */
export function escapeRegex(text: string): string {
  return text.replace(REGEX_SYNTAX, "\\$&");
}

/**
 * A vector selector such as `http_requests_total{service="web"}`: the one way label values enter a
 * query. A label may carry several matchers. Throws a RangeError on a bad metric or label name.
 */
export function selector(
  metric: string,
  matchers: Readonly<Record<string, Matcher | readonly Matcher[]>> = {},
): string {
  const conditions = Object.entries(matchers).flatMap(([label, matcher]) =>
    [matcher].flat().map(({ operator, value }) => `${labelName(label)}${operator}${quote(value)}`),
  );
  if (RESERVED.test(metric)) return `{${[`__name__=${quote(metric)}`, ...conditions].join(",")}}`;
  return conditions.length === 0 ? metricName(metric) : `${metricName(metric)}{${conditions.join(",")}}`;
}

/** Label names for `by (…)`, `without (…)` and `on (…)`; throws a RangeError on a bad one. */
export function labelList(...labels: readonly string[]): string {
  return `(${labels.map(labelName).join(", ")})`;
}

/** The name itself; throws a RangeError unless it is a metric name of the classic character set. */
function metricName(name: string): string {
  if (!METRIC_NAME.test(name)) throw new RangeError(`not a Prometheus metric name: ${quote(name)}`);
  return name;
}

/** The name itself; throws a RangeError unless it is a label name of the classic character set. */
function labelName(name: string): string {
  if (!LABEL_NAME.test(name)) throw new RangeError(`not a Prometheus label name: ${quote(name)}`);
  return name;
}
