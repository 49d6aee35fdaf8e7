import "server-only";
import {
  type IncidentMetrics,
  type MetricDot,
  type MetricSet,
  MetricsQuery,
} from "#lib/contracts/incident-metrics.ts";
import { durationMetrics, MIN_TREND_INCIDENTS } from "#lib/domain/incidents/metrics.ts";
import { targetStandings } from "#lib/domain/incidents/metrics-targets.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import { detectedWithin, spanOf } from "./detected.ts";

const setOf = (dots: readonly MetricDot[], before: readonly MetricDot[]): MetricSet => ({
  incidents: dots.length,
  ...durationMetrics(dots, before),
});

function byService(dots: readonly MetricDot[], before: readonly MetricDot[]): IncidentMetrics["byService"] {
  const earlier = Map.groupBy(before, ({ service }) => service);
  return [...Map.groupBy(dots, ({ service }) => service)]
    .map(([service, own]) => ({ service, ...setOf(own, earlier.get(service) ?? []) }))
    .sort((a, b) => b.incidents - a.incidents || (a.service ?? "").localeCompare(b.service ?? ""));
}

function bySeverity(dots: readonly MetricDot[], before: readonly MetricDot[]): IncidentMetrics["bySeverity"] {
  const of = (all: readonly MetricDot[], wanted: string) => all.filter(({ severity }) => severity === wanted);
  return SEVERITIES.map((severity) => ({ severity, ...setOf(of(dots, severity), of(before, severity)) }));
}

/**
 * TTD, TTA, TTM and TTR of the incidents detected within a span, by severity and service, against the span of the same
 * length before. @throws `invalid`
 */
export async function getIncidentMetrics(
  actor: Actor,
  input: unknown,
): Promise<{ metrics: IncidentMetrics }> {
  authorize(actor, "incidents:read");
  const query = parseInput(MetricsQuery, input);
  const span = spanOf(query, Date.now());
  const { fromMs, toMs } = span;
  const dots = await detectedWithin(actor, query, span);
  const before = await detectedWithin(actor, query, { fromMs: 2 * fromMs - toMs, toMs: fromMs });
  return {
    metrics: {
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      all: setOf(dots, before),
      bySeverity: bySeverity(dots, before),
      byService: byService(dots, before),
      dots,
      targets: targetStandings(dots),
      minTrendIncidents: MIN_TREND_INCIDENTS,
    },
  };
}
