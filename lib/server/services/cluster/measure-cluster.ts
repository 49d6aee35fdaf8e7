import "server-only";
import type { ClusterAnswer, FiringAlert, NodeHealth, ServiceHealth } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { answerOf } from "#lib/domain/findings/answer.ts";
import { clusterFindings, type ClusterState } from "#lib/domain/findings/cluster-findings.ts";
import type { RankedFinding } from "#lib/domain/findings/finding.ts";
import type { TroubleFacts } from "#lib/domain/findings/service-findings.ts";
import type { Pod } from "#lib/domain/nodes/pods.ts";
import { pingDatabase } from "#lib/server/db/ping.ts";
import { AppError } from "#lib/server/errors.ts";
import { sourceLamps } from "#lib/server/query/lamps.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { measureNodes } from "#lib/server/services/nodes/measure-nodes.ts";
import { measureServices } from "#lib/server/services/services/measure-services.ts";
import { readBudgets } from "#lib/server/services/slos/budgets/briefs.ts";
import { gather, mapMeasured } from "./gather.ts";
import { measureAlerts } from "./measure-alerts.ts";
import { measurePods } from "./measure-pods.ts";
import { measureTroubles } from "./measure-troubles.ts";

/** The cluster as a whole: what needs attention and the sentence that says so. */
export interface ClusterView {
  answer: ClusterAnswer;
  findings: RankedFinding[];
  pods: Pod[];
  alerts: FiringAlert[];
}

interface Parts {
  services: { services: ServiceHealth[]; troubles: TroubleFacts } | null;
  nodes: NodeHealth[] | null;
  pods: Pod[] | null;
  alerts: FiringAlert[] | null;
}

/**
 * Measures everything that the Health page's answer and findings speak of, through the same queries as
 * the panels beside them. When no source answers, that is the answer and no error.
 */
export async function measureCluster(context: QueryContext, nowMs: number): Promise<Measured<ClusterView>> {
  const sources = await sourceLamps(pingDatabase);
  const parts = await measureParts(context, nowMs);
  const { journeys } = await readBudgets(context.actor);
  return mapMeasured(parts, (data) => {
    const state: ClusterState = {
      services: data.services?.services ?? null,
      nodes: data.nodes,
      pods: data.pods,
      journeys,
      sources,
      troubles: data.services?.troubles ?? { nowMs, deploys: [], troubles: new Map() },
    };
    const findings = clusterFindings(state);
    const answer = answerOf({
      ...state,
      findings,
      firingAlerts:
        data.alerts?.filter(({ state, severity }) => state === "firing" && severity !== "none").length ??
        null,
      isStale: parts.stale,
      staleSinceMs: parts.asOf === null ? null : Date.parse(parts.asOf),
      isPartial: parts.partial,
    });
    return { answer, findings, pods: data.pods ?? [], alerts: data.alerts ?? [] };
  });
}

async function measureParts(context: QueryContext, nowMs: number): Promise<Measured<Parts>> {
  try {
    return await gather({
      services: { what: "services", read: servicesInTrouble(context, nowMs) },
      nodes: { what: "nodes", read: measureNodes(context, nowMs) },
      pods: { what: "pods", read: measurePods(context) },
      alerts: { what: "alerts", read: measureAlerts(context) },
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "cancelled") throw error;
    const data = { services: null, nodes: null, pods: null, alerts: null };
    return { data, asOf: null, stale: false, partial: true, warnings: [error.message] };
  }
}

async function servicesInTrouble(context: QueryContext, nowMs: number) {
  const catalogue = await listCatalogue(context.actor);
  const services = await measureServices(context, { catalogue, scope: "all", nowMs });
  const troubles = measureTroubles(context, { catalogue, services: services.data, nowMs });
  const parts = await gather({
    services: { what: "services", read: Promise.resolve(services) },
    troubles: { what: "the beginning of trouble", read: troubles, slow: true },
  });
  return mapMeasured(parts, (found) => ({
    services: found.services ?? [],
    troubles: found.troubles ?? { nowMs, deploys: [], troubles: new Map() },
  }));
}
