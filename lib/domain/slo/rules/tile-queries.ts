import { writeDecimal } from "../decimal.ts";
import type { SloDefinition } from "../definition/definition.ts";
import type { Comparison } from "../definition/sli.ts";
import { sliceComparison } from "../definition/sli.ts";
import { increments } from "../queries/increments.ts";
import { measureOf, numeratorForm } from "../queries/measure.ts";
import { type Role, type Side, sidesOf } from "../queries/sides.ts";
import { writeSelector } from "../queries/write-side.ts";
import type { NumeratorForm } from "../slots/series.ts";
import { promqlDuration } from "./promql-duration.ts";
import { perGroup } from "./rule-labels.ts";

/**
 * Tiles end so long before they are recorded: a scrape is stored when it ends, under the time at which it began, so a
 * tile that ended now would miss the scrape under way, and so would the next one.
 */
export const SETTLE_SECONDS = 15;
/** How old the sample at the edge of a tile may be: Prometheus' own look-back. */
const REACH = "5m";
/** What expressions of somebody's own and native histograms count over: a rate needs two samples, however slow the scrapes. */
const FOREIGN_MINUTES = 5;

/** What one tile measures, as PromQL: counts of events, or one value that makes a time slice good. */
export type Measured =
  | { kind: "events"; form: NumeratorForm; numerator: string; total: string }
  | { kind: "value"; value: string; good: Comparison };

/** A tile's share of what was counted over five minutes. */
function shareOf(expr: string, minutes: number): string {
  return minutes === FOREIGN_MINUTES ? expr : `${expr} / ${FOREIGN_MINUTES / minutes}`;
}

function counted(
  definition: SloDefinition,
  side: Extract<Side, { siblings: unknown }>,
  minutes: number,
): string {
  const edges = {
    reach: REACH,
    end: ` offset ${promqlDuration(SETTLE_SECONDS)}`,
    start: ` offset ${promqlDuration(SETTLE_SECONDS + minutes * 60)}`,
  };
  const window = promqlDuration(minutes * 60);
  const expr = increments(writeSelector(side.of), writeSelector(side.siblings), window, edges);
  return perGroup("sum", definition, expr);
}

function observations(
  definition: SloDefinition,
  side: Extract<Side, { count: "native" }>,
  minutes: number,
): string {
  const range = `${writeSelector(side.of)}[${FOREIGN_MINUTES}m] offset ${promqlDuration(SETTLE_SECONDS)}`;
  const histogram = perGroup("sum", definition, `increase(${range})`);
  const all = `histogram_count(${histogram})`;
  if (side.upTo === null) return shareOf(all, minutes);
  // The fraction of no observations is NaN, and no broken sample.
  const upTo = `histogram_fraction(-Inf, ${writeDecimal(side.upTo)}, ${histogram}) * ${all} >= 0`;
  return shareOf(`(${upTo})`, minutes);
}

/** The one value of several that decides whether all of them pass. */
function worst(definition: SloDefinition, expr: string, { operator, value }: Comparison): string {
  const least = perGroup("min", definition, expr);
  const most = perGroup("max", definition, expr);
  if (operator === "==") return `${least} != ${writeDecimal(value)} or ${most}`;
  return operator.startsWith(">") ? least : most;
}

function writeTile(definition: SloDefinition, side: Side, minutes: number): string {
  switch (side.count) {
    case "counter":
      return counted(definition, side, minutes);
    case "rate":
      return `${counted(definition, side, minutes)} / ${minutes * 60}`;
    case "native":
      return observations(definition, side, minutes);
    case "age":
      return `time() - ${perGroup("max", definition, `last_over_time(${writeSelector(side.of)}[${REACH}])`)}`;
    case "expression":
      return side.expression.replaceAll("$window", `${FOREIGN_MINUTES}m`);
  }
}

/** What an SLO measures in a tile of so many minutes; null for journeys, whose steps measure. */
export function tileQueries(definition: SloDefinition, minutes: number): Measured | null {
  const measure = measureOf(definition);
  if (measure === null) return null;
  const sides = sidesOf(measure);
  const write = (role: Role): string => {
    const side = sides.find((one) => one.role === role);
    if (!side) throw new RangeError(`a ${measure.sli.kind} SLI has no ${role}`);
    const expr = writeTile(definition, side, minutes);
    if (side.count !== "expression" || role === "value") return expr;
    return shareOf(perGroup("sum", definition, expr), minutes);
  };
  const { sli } = measure;
  if (sli.kind === "throughput" || sli.kind === "freshness" || sli.kind === "probe") {
    const good = sliceComparison(sli);
    const value = sli.kind === "probe" ? worst(definition, write("value"), good) : write("value");
    return { kind: "value", value, good };
  }
  return {
    kind: "events",
    form: numeratorForm(measure),
    numerator: write("numerator"),
    total: write("total"),
  };
}
