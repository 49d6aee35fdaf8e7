import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { thresholdBound } from "../definition/bucket-bounds.ts";
import type { LatencySli, Selection } from "../definition/sli.ts";
import type { Measure } from "./measure.ts";

/** What a side's figure stands for; `value` is judged per time slice. */
export type Role = "numerator" | "total" | "value";

/**
 * Series of one metric. The values of `keys` may differ between measures that are asked for together; whatever
 * matches one of a label's values belongs to the measure.
 */
export interface Keyed {
  metric: string;
  keys: Readonly<Record<string, readonly string[]>>;
  rest: readonly LabelMatcher[];
}

/** One figure of a measure and how it is counted. */
export type Side =
  /** What counters counted; `siblings` always exist where they do, see `increments`. */
  | { role: Role; count: "counter"; of: Keyed; siblings: Keyed }
  /** As a counter, per second. */
  | { role: Role; count: "rate"; of: Keyed; siblings: Keyed }
  /** The observations of native histograms, all of them or those up to a bound. */
  | { role: Role; count: "native"; of: Keyed; upTo: number | null }
  /** Seconds since the newest of some Unix times. */
  | { role: Role; count: "age"; of: Keyed }
  /** PromQL of somebody's own; `$window` stands for the window. */
  | { role: Role; count: "expression"; expression: string };

const NEGATION: Record<LabelMatcher["operator"], LabelMatcher["operator"]> = {
  "=": "!=",
  "!=": "=",
  "=~": "!~",
  "!~": "=~",
};

function negated({ label, operator, value }: LabelMatcher): LabelMatcher {
  return { label, operator: NEGATION[operator], value };
}

function keyed({ metric, matchers }: Selection, excluded: readonly LabelMatcher[]): Keyed {
  const all = [...matchers, ...excluded.map(negated)];
  const once = (one: LabelMatcher) => all.filter(({ label }) => label === one.label).length === 1;
  const isKey = (one: LabelMatcher) => one.operator === "=" && one.value !== "" && once(one);
  return {
    metric,
    keys: Object.fromEntries(all.filter(isKey).map(({ label, value }) => [label, [value]])),
    rest: all.filter((one) => !isKey(one)),
  };
}

/** "1" and "1.0" are the same bound: client libraries differ, and one that is upgraded uses both within a window. */
function writtenBounds(bound: number): string[] {
  const text = String(bound);
  return Number.isInteger(bound) ? [text, `${text}.0`] : [text];
}

function classicLatency(sli: LatencySli, excluded: readonly LabelMatcher[]): Side[] {
  const { metric, matchers } = sli.durations;
  const count = keyed({ metric: `${metric}_count`, matchers }, excluded);
  const bucket = keyed({ metric: `${metric}_bucket`, matchers }, excluded);
  const below = { ...bucket, keys: { ...bucket.keys, le: writtenBounds(thresholdBound(sli)) } };
  return [
    { role: "numerator", count: "counter", of: below, siblings: count },
    { role: "total", count: "counter", of: count, siblings: count },
  ];
}

function nativeLatency(sli: LatencySli, excluded: readonly LabelMatcher[]): Side[] {
  const of = keyed(sli.durations, excluded);
  return [
    { role: "numerator", count: "native", of, upTo: thresholdBound(sli) },
    { role: "total", count: "native", of, upTo: null },
  ];
}

/** The figures that a measure needs of each slot or slice. */
export function sidesOf({ sli, excludedEvents }: Measure): Side[] {
  const ratio = (numerator: Selection, total: Selection): Side[] => {
    const all = keyed(total, excludedEvents);
    return [
      { role: "numerator", count: "counter", of: keyed(numerator, excludedEvents), siblings: all },
      { role: "total", count: "counter", of: all, siblings: all },
    ];
  };
  switch (sli.kind) {
    case "availability": {
      const { requests, failed } = sli;
      return ratio({ ...requests, matchers: [...requests.matchers, ...failed] }, requests);
    }
    case "error_rate":
      return ratio(sli.errors, sli.requests);
    case "quality":
      return ratio(sli.degraded, sli.answers);
    case "completeness":
      return ratio(sli.processed, sli.expected);
    case "latency":
      return sli.histogram === "classic"
        ? classicLatency(sli, excludedEvents)
        : nativeLatency(sli, excludedEvents);
    case "custom":
      return [
        { role: "numerator", count: "expression", expression: sli.numerator },
        { role: "total", count: "expression", expression: sli.total },
      ];
    case "throughput": {
      const events = keyed(sli.events, excludedEvents);
      return [{ role: "value", count: "rate", of: events, siblings: events }];
    }
    case "freshness":
      return [{ role: "value", count: "age", of: keyed(sli.lastSuccess, excludedEvents) }];
    case "probe":
      return [{ role: "value", count: "expression", expression: sli.expression }];
  }
}
