import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import type { NodeHealth } from "#lib/contracts/cluster.ts";
import { readNodes } from "#lib/domain/nodes/node-health.ts";
import {
  nodeFacts,
  nodeFilesystems,
  nodeGauges,
  nodeIdentities,
  nodeTrends,
} from "#lib/domain/nodes/node-queries.ts";
import { podsByNode } from "#lib/domain/nodes/pods.ts";
import { rateWindowSeconds } from "#lib/domain/signals/request-queries.ts";
import { compareStatus } from "#lib/domain/status/status.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { gather } from "#lib/server/services/cluster/gather.ts";
import { measurePods } from "#lib/server/services/cluster/measure-pods.ts";
import { mapWithBudgets, readBudgets } from "#lib/server/services/slos/budgets/briefs.ts";

const SPARK_SECONDS = 86_400;
const SPARK_POINTS = 60;
/** A three-day trend does not turn within five minutes. */
const TREND_MAX_AGE_MS = 300_000;

/** Every node with its saturation, 24 hours of sparks and forecasts, worst first. */
export async function measureNodes(context: QueryContext, nowMs: number): Promise<Measured<NodeHealth[]>> {
  const plane = queryPlane();
  const instant = (expr: string, maxAgeMs?: number) =>
    plane.instant(context, maxAgeMs === undefined ? { expr } : { expr, maxAgeMs });
  const stepSeconds = SPARK_SECONDS / SPARK_POINTS;
  const sparks = plane.range(context, {
    expr: nodeGauges(rateWindowSeconds(stepSeconds)),
    fromMs: nowMs - SPARK_SECONDS * 1000,
    toMs: nowMs,
    stepSeconds,
  });
  const reading = readBudgets(context.actor);
  const parts = await gather({
    identities: { what: "node states", read: instant(nodeIdentities()) },
    gauges: { what: "node usage", read: instant(nodeGauges(rateWindowSeconds(0))) },
    facts: { what: "load, uptime and temperature", read: instant(nodeFacts()) },
    filesystems: { what: "filesystems", read: instant(nodeFilesystems()) },
    trends: { what: "disk and memory forecasts", read: instant(nodeTrends(), TREND_MAX_AGE_MS), slow: true },
    sparks: { what: "the last 24 hours", read: sparks, slow: true },
    pods: { what: "pods", read: measurePods(context) },
  });
  const budgets = await reading;
  return mapWithBudgets(parts, budgets, (found) =>
    readNodes({
      identities: found.identities ?? [],
      gauges: found.gauges ?? [],
      facts: found.facts ?? [],
      filesystems: found.filesystems ?? [],
      trends: found.trends ?? [],
      sparks: found.sparks?.series ?? [],
      pods: podsByNode(found.pods ?? []),
      budgets: budgets.nodes,
    }).sort((a, b) => compareStatus(a.status, b.status) || (a.name < b.name ? -1 : 1)),
  );
}
