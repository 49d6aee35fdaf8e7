import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import {
  eq,
  labelList,
  type Matcher,
  matches,
  neq,
  notMatches,
  oneOf,
  selector,
} from "#lib/domain/promql/selector.ts";
import { increments } from "./increments.ts";
import type { Keyed, Side } from "./sides.ts";

/** A label with more values than this is asked for whole: the list would make a query longer than its answer. */
const MAX_LISTED_VALUES = 24;

const WRITE: Record<LabelMatcher["operator"], (value: string) => Matcher> = {
  "=": eq,
  "!=": neq,
  "=~": matches,
  "!~": notMatches,
};

function keyMatcher(values: readonly string[]): Matcher {
  if (values.length > MAX_LISTED_VALUES) return neq("");
  const [only] = values;
  return values.length === 1 && only !== undefined ? eq(only) : oneOf(values);
}

/** The vector selector of keyed series. */
export function writeSelector({ metric, keys, rest }: Keyed): string {
  const matchers: Record<string, Matcher[]> = {};
  const add = (label: string, matcher: Matcher) => (matchers[label] ??= []).push(matcher);
  for (const [label, values] of Object.entries(keys)) add(label, keyMatcher(values));
  for (const { label, operator, value } of rest) add(label, WRITE[operator](value));
  return selector(metric, matchers);
}

/** The labels that an answer has to keep, so that each measure finds its rows. */
export function keptLabels(side: Side, groupBy: readonly string[]): string[] {
  const keys = side.count === "expression" ? [] : Object.keys(side.of.keys);
  return [...new Set([...keys, ...groupBy])].sort();
}

/**
 * What counters counted in a window of whole seconds. A sample at its very beginning belongs to the window before:
 * Prometheus 2 would count it in both, so the edges reach back a millisecond less.
 */
function counted(of: Keyed, siblings: Keyed, seconds: number): string {
  const window = `${seconds}s`;
  const edges = { reach: `${seconds * 1000 - 1}ms`, end: "", start: ` offset ${window}` };
  return increments(writeSelector(of), writeSelector(siblings), window, edges);
}

/**
 * PromQL for a side over a window, one row per combination of its keys and groups.
 * @param seconds the window's length, whole seconds
 */
export function writeSide(side: Side, groupBy: readonly string[], seconds: number): string {
  const window = `${seconds}s`;
  const by = labelList(...keptLabels(side, groupBy));
  switch (side.count) {
    case "counter":
      return `sum by ${by} (${counted(side.of, side.siblings, seconds)})`;
    case "rate":
      return `sum by ${by} (${counted(side.of, side.siblings, seconds)}) / ${seconds}`;
    case "native": {
      const counted = `sum by ${by} (increase(${writeSelector(side.of)}[${window}]))`;
      const all = `histogram_count(${counted})`;
      return side.upTo === null ? all : `histogram_fraction(-Inf, ${side.upTo}, ${counted}) * ${all}`;
    }
    case "age":
      return `time() - max by ${by} (last_over_time(${writeSelector(side.of)}[${window}]))`;
    case "expression":
      return side.expression.replaceAll("$window", window);
  }
}

/**
 * As {@link writeSide} for counters of which none began, ended or was reset while the windows lay: the plain differences
 * at their edges are the same figures then, at a tenth of the source's work. Null for what is no counter.
 */
export function writeQuietSide(side: Side, groupBy: readonly string[], seconds: number): string | null {
  if (side.count !== "counter") return null;
  const series = writeSelector(side.of);
  const reach = `${seconds * 1000 - 1}ms`;
  const grown = `last_over_time(${series}[${reach}]) - last_over_time(${series}[${reach}] offset ${seconds}s)`;
  return `sum by ${labelList(...keptLabels(side, groupBy))} (${grown})`;
}

/** A day with the five minutes before it, where its first slot has its edge. */
const DAY_AND_EDGE = "86700s";

/**
 * PromQL that is above 0 where some counter of a side began, ended or was reset within the last day, else 0; null for
 * what is no counter.
 */
export function writeUnrest(side: Side): string | null {
  if (side.count !== "counter") return null;
  const series = writeSelector(side.of);
  // None is a count too: a day may begin without the series that is born on it.
  const orNone = (expr: string) => `(${expr} or vector(0))`;
  const ever = orNone(`count(count_over_time(${series}[${DAY_AND_EDGE}]))`);
  const atStart = orNone(`count(last_over_time(${series}[5m] offset 1d))`);
  const atEnd = orNone(`count(last_over_time(${series}[5m]))`);
  const resets = orNone(`sum(resets(${series}[${DAY_AND_EDGE}]))`);
  return `(${resets} + (${ever} - ${atStart}) + (${ever} - ${atEnd}))`;
}

/** PromQL for the time of the newest sample behind a side, in Unix seconds; null where nothing tells. */
export function writeNewest(side: Side, groupBy: readonly string[]): string | null {
  if (side.count === "expression") return null;
  return `max by ${labelList(...keptLabels(side, groupBy))} (timestamp(${writeSelector(side.of)}))`;
}
