import "server-only";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { labelList, type Matcher, selector } from "#lib/domain/promql/selector.ts";
import { decimal, writeDecimal } from "#lib/domain/slo/decimal.ts";
import type { SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import type { LatencySli, Selection, Sli } from "#lib/domain/slo/definition/sli.ts";
import { matcherOfBound } from "./latency.ts";
import { opposite } from "./sli-of-queries.ts";

/** How a format has counters counted: given a selector, what is summed. */
export type CountOf = (vector: string) => string;

/** Two PromQL queries over `window`. */
export interface QueryPair {
  form: "good" | "bad";
  numerator: string;
  total: string;
}

/** Matchers as `selector` takes them. */
export function matchersOf(matchers: readonly LabelMatcher[]): Record<string, Matcher[]> {
  const byLabel: Record<string, Matcher[]> = {};
  for (const { label, operator, value } of matchers) (byLabel[label] ??= []).push({ operator, value });
  return byLabel;
}

/** A selection without what the SLO leaves out. */
function vectorOf({ metric, matchers }: Selection, { exclusions }: SloDefinition): string {
  return selector(metric, matchersOf([...matchers, ...exclusions.events.map(opposite)]));
}

function byOf({ groupBy }: SloDefinition): string {
  return groupBy.length > 0 ? ` by ${labelList(...groupBy)}` : "";
}

/** The good part and all of a latency SLI: the bucket of its threshold over the histogram's count. */
function bucketPair({ durations, thresholdSeconds, durationToSeconds }: LatencySli): [Selection, Selection] {
  const { metric, matchers } = durations;
  const le = matcherOfBound(decimal(thresholdSeconds / durationToSeconds));
  return [
    { metric: `${metric}_bucket`, matchers: [...matchers, le] },
    { metric: `${metric}_count`, matchers },
  ];
}

function nativePair(sli: LatencySli, definition: SloDefinition, window: string): QueryPair {
  const histogram = `sum${byOf(definition)} (rate(${vectorOf(sli.durations, definition)}[${window}]))`;
  const bound = writeDecimal(decimal(sli.thresholdSeconds / sli.durationToSeconds));
  const total = `histogram_count(${histogram})`;
  return { form: "good", numerator: `histogram_fraction(0, ${bound}, ${histogram}) * ${total}`, total };
}

type Counted = { form: "good" | "bad"; part: Selection; all: Selection };

/** What a native kind counts; null for the kinds that do not count events of counters. */
function countedOf(sli: Sli): Counted | null {
  switch (sli.kind) {
    case "availability": {
      const { metric, matchers } = sli.requests;
      return { form: "bad", part: { metric, matchers: [...matchers, ...sli.failed] }, all: sli.requests };
    }
    case "error_rate":
      return { form: "bad", part: sli.errors, all: sli.requests };
    case "quality":
      return { form: "bad", part: sli.degraded, all: sli.answers };
    case "completeness":
      return { form: "good", part: sli.processed, all: sli.expected };
    case "latency": {
      const [part, all] = bucketPair(sli);
      return sli.histogram === "classic" ? { form: "good", part, all } : null;
    }
    default:
      return null;
  }
}

/** The counters of an SLO, each summed as the format counts; null where it is not a matter of counters. */
export function counterPair(definition: SloDefinition, count: CountOf): QueryPair | null {
  const counted = countedOf(definition.sli);
  if (counted === null) return null;
  const write = (selection: Selection) => `sum${byOf(definition)}(${count(vectorOf(selection, definition))})`;
  return { form: counted.form, numerator: write(counted.part), total: write(counted.all) };
}

/** The queries of SLIs that say how they look at the window themselves; null for all others. */
export function windowPair(definition: SloDefinition, window: string): QueryPair | null {
  const { sli } = definition;
  if (sli.kind === "latency" && sli.histogram === "native") return nativePair(sli, definition, window);
  if (sli.kind !== "custom") return null;
  const write = (expression: string) => expression.replaceAll("$window", window);
  return { form: sli.form, numerator: write(sli.numerator), total: write(sli.total) };
}

/** The expression that a per-slice SLI compares; null for all others. */
export function sliceExpression(definition: SloDefinition): string | null {
  const { sli } = definition;
  if (sli.kind === "probe") return sli.expression;
  if (sli.kind === "freshness")
    return `time() - max${byOf(definition)}(${vectorOf(sli.lastSuccess, definition)})`;
  return sli.kind === "throughput"
    ? `sum${byOf(definition)}(rate(${vectorOf(sli.events, definition)}[5m]))`
    : null;
}
