import {
  eq,
  labelList,
  matches,
  type Matcher,
  neq,
  notMatches,
  oneOf,
  selector,
} from "#lib/domain/promql/selector.ts";
import { labelledUnion } from "./labelled-union.ts";
import type { MetricNames } from "./presets.ts";
import type { ServiceGroup } from "./service-groups.ts";

/** History is two minutes apart, so five minutes hold at least two points of every counter. */
const SHORTEST_WINDOW_SECONDS = 300;
const WEEK_SECONDS = 604_800;
const BASELINE_WEEKS = [1, 2, 3, 4];
const BASELINE_WINDOW_SECONDS = 3600;

/** The label that tells quantiles of one answer apart. */
export const QUANTILE_LABEL = "quantile";
export const QUANTILES = { p50: "0.5", p95: "0.95", p99: "0.99" } as const;

/** Window of a rate at a step: the step itself, so that no request falls between two points, or five minutes. */
export function rateWindowSeconds(stepSeconds: number): number {
  return Math.max(SHORTEST_WINDOW_SECONDS, Math.ceil(stepSeconds));
}

function membersOf({ names, only }: ServiceGroup): Record<string, Matcher> {
  return { [names.serviceLabel]: only === null ? neq("") : only.length === 1 ? eq(only[0]!) : oneOf(only) };
}

const rate = (series: string, windowSeconds: number): string => `rate(${series}[${windowSeconds}s])`;

/** Requests per second by service and status: total, 4xx, 5xx and 504 all follow from this one answer. */
export function requestRates(group: ServiceGroup, windowSeconds: number): string {
  const { requests, serviceLabel, statusLabel } = group.names;
  const by = labelList(serviceLabel, statusLabel);
  return `sum by ${by} (${rate(selector(requests, membersOf(group)), windowSeconds)})`;
}

/** Business errors per second by service: requests with an error type that are not 5xx. */
export function businessErrorRates(group: ServiceGroup, windowSeconds: number): string {
  const { requests, serviceLabel, statusLabel, errorTypeLabel } = group.names;
  const series = selector(requests, {
    ...membersOf(group),
    [errorTypeLabel]: neq(""),
    [statusLabel]: notMatches("5.*"),
  });
  return `sum by ${labelList(serviceLabel)} (${rate(series, windowSeconds)})`;
}

function quantileSeconds(names: MetricNames, quantile: string, buckets: string): string {
  const expr = `histogram_quantile(${quantile}, ${buckets})`;
  return names.durationToSeconds === 1 ? expr : `${names.durationToSeconds} * ${expr}`;
}

function durationBuckets(group: ServiceGroup, by: readonly string[], windowSeconds: number): string {
  const series = selector(`${group.names.duration}_bucket`, membersOf(group));
  return `sum by ${labelList(...by, "le")} (${rate(series, windowSeconds)})`;
}

/** p50, p95 and p99 in seconds by service, told apart by {@link QUANTILE_LABEL}; buckets are summed first. */
export function latencyQuantiles(group: ServiceGroup, windowSeconds: number): string {
  const buckets = durationBuckets(group, [group.names.serviceLabel], windowSeconds);
  const expressions = Object.values(QUANTILES).map((q) => [q, quantileSeconds(group.names, q, buckets)]);
  return labelledUnion(QUANTILE_LABEL, Object.fromEntries(expressions));
}

/**
 * Usual requests per second by service: the median of the same hour, centred on now, of the last four
 * weeks. Weeks without data are left out.
 */
export function trafficBaseline(group: ServiceGroup): string {
  const { requests, serviceLabel } = group.names;
  const series = selector(requests, membersOf(group));
  const by = labelList(serviceLabel);
  const weeks = BASELINE_WEEKS.map((week) => {
    const offset = week * WEEK_SECONDS - BASELINE_WINDOW_SECONDS / 2;
    return [String(week), `sum by ${by} (rate(${series}[${BASELINE_WINDOW_SECONDS}s] offset ${offset}s))`];
  });
  return `quantile by ${by} (0.5, ${labelledUnion("week", Object.fromEntries(weeks))})`;
}

/** Requests per second by route, method and status. */
export function routeRates(group: ServiceGroup, windowSeconds: number): string {
  const { requests, routeLabel, methodLabel, statusLabel } = group.names;
  const by = labelList(routeLabel, methodLabel, statusLabel);
  return `sum by ${by} (${rate(selector(requests, membersOf(group)), windowSeconds)})`;
}

/** p95 in seconds by route and method. */
export function routeP95(group: ServiceGroup, windowSeconds: number): string {
  const { routeLabel, methodLabel } = group.names;
  const buckets = durationBuckets(group, [routeLabel, methodLabel], windowSeconds);
  return quantileSeconds(group.names, QUANTILES.p95, buckets);
}

/** 5xx per second by service, route and method, for naming the route that fails most. */
export function failingRoutes(group: ServiceGroup, windowSeconds: number): string {
  const { requests, serviceLabel, routeLabel, methodLabel, statusLabel } = group.names;
  const failing = selector(requests, {
    ...membersOf(group),
    [statusLabel]: matches("5.*"),
  });
  const by = labelList(serviceLabel, routeLabel, methodLabel);
  return `topk by ${labelList(serviceLabel)} (1, sum by ${by} (${rate(failing, windowSeconds)}) > 0)`;
}
