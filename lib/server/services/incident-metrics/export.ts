import "server-only";
import { type MetricDot, MetricsQuery } from "#lib/contracts/incident-metrics.ts";
import { csvLine } from "#lib/domain/audit/csv.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { detectedWithin, spanOf } from "./detected.ts";

const COLUMNS = [
  "id",
  "title",
  "severity",
  "service",
  "detectedAt",
  "detectSeconds",
  "acknowledgeSeconds",
  "mitigateSeconds",
  "resolveSeconds",
] as const satisfies readonly (keyof MetricDot)[];

const day = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);

/** The incidents behind the metrics as a CSV file, a line each; what is not known is an empty cell. @throws `invalid` */
export async function exportIncidentMetrics(actor: Actor, input: unknown, caller: Caller): Promise<Response> {
  authorize(actor, "incidents:read");
  const query = parseInput(MetricsQuery, input);
  const span = spanOf(query, Date.now());
  const dots = await detectedWithin(actor, query, span);
  const lines = dots.map((dot) => csvLine(COLUMNS.map((column) => dot[column])));
  const name = `burnline-incidents-${day(span.fromMs)}-${day(span.toMs)}.csv`;
  const headers = new Headers(caller.answerHeaders);
  headers.set("content-type", "text/csv; charset=utf-8");
  headers.set("content-disposition", `attachment; filename="${name}"`);
  return new Response([csvLine(COLUMNS), ...lines].join(""), { headers });
}
