import "server-only";
import type { MetricDot, MetricsQuery } from "#lib/contracts/incident-metrics.ts";
import { durationsOf } from "#lib/domain/incidents/durations.ts";
import { DAY_MS } from "#lib/domain/slo/slots/slot.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { read } from "#lib/server/db/client.ts";
import { findDetected } from "#lib/server/db/incident-span.repo.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { courseOf } from "#lib/server/incidents/transition.ts";
import { incidentFilter } from "#lib/server/services/incidents/visibility.ts";

const DEFAULT_DAYS = 90;

/** A span of time, in ms; the end is not part of it. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** The span that is asked for: up to now, and 90 days long where only one end or none is said. */
export function spanOf({ from, to }: MetricsQuery, nowMs: number): Span {
  const toMs = to === undefined ? nowMs : Date.parse(to);
  const fromMs = from === undefined ? toMs - DEFAULT_DAYS * DAY_MS : Date.parse(from);
  if (fromMs < toMs) return { fromMs, toMs };
  const message = "lies in the future";
  throw new AppError("invalid", `from: ${message}`, { fields: [{ path: "from", message }] });
}

function toDot(record: IncidentRecord): MetricDot {
  const { id, title, severity, service, detectedAt, startedAt } = record;
  const times = { ...courseOf(record), startedAtMs: startedAt?.getTime() ?? null };
  return { id, title, severity, service, detectedAt: detectedAt.toISOString(), ...durationsOf(times) };
}

/** The incidents that were detected within a span and that the actor may see, oldest first. */
export async function detectedWithin(
  actor: Actor,
  { service, severity }: MetricsQuery,
  { fromMs, toMs }: Span,
): Promise<MetricDot[]> {
  const isVisible = await incidentFilter(actor);
  const query = { from: new Date(fromMs), to: new Date(toMs), service, severity };
  return (await read((tx) => findDetected(tx, query))).filter(isVisible).map(toDot);
}
