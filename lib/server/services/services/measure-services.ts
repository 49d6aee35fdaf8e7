import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { type Pod, podsByService } from "#lib/domain/nodes/pods.ts";
import { assessService, compareServices } from "#lib/domain/signals/assess-service.ts";
import { readVersions, runningVersions } from "#lib/domain/signals/build-info.ts";
import { NO_LATENCY, NO_REQUESTS } from "#lib/domain/signals/request-readings.ts";
import type { Fullness } from "#lib/domain/signals/saturation.ts";
import { serviceGroups } from "#lib/domain/signals/service-groups.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { gather } from "#lib/server/services/cluster/gather.ts";
import { measurePods } from "#lib/server/services/cluster/measure-pods.ts";
import { mapWithBudgets, readBudgets } from "#lib/server/services/slos/budgets/briefs.ts";
import { measureBatches } from "./measure-batches.ts";
import { measureRequests, type RequestFigures, SIGNAL_WINDOW_SECONDS } from "./measure-requests.ts";

const NO_FIGURES: RequestFigures = {
  requests: NO_REQUESTS,
  latency: NO_LATENCY,
  businessErrorsPerSecond: null,
  baselinePerSecond: null,
};

/**
 * Judges catalogue services, worst first. `scope` "all" asks the same few queries for any number of
 * services; "listed" filters by name, for a page about one or a few.
 */
export async function measureServices(
  context: QueryContext,
  input: { catalogue: readonly CatalogueService[]; scope: "all" | "listed"; nowMs: number },
): Promise<Measured<ServiceHealth[]>> {
  const { catalogue, scope, nowMs } = input;
  const requesting = catalogue.filter(({ kind }) => kind !== "batch");
  const reading = readBudgets(context.actor);
  const parts = await gather({
    requests:
      requesting.length === 0
        ? null
        : { what: "requests", read: measureRequests(context, serviceGroups(requesting, scope)) },
    batches:
      requesting.length === catalogue.length
        ? null
        : { what: "batch runs", read: measureBatches(context, nowMs) },
    pods: { what: "pods", read: measurePods(context) },
    versions: { what: "versions", read: queryPlane().instant(context, { expr: runningVersions(null) }) },
  });
  const budgets = await reading;
  return mapWithBudgets(parts, budgets, (found) => {
    const fullness = fullnessByService(found.pods ?? [], catalogue);
    const running = readVersions(found.versions ?? []);
    return catalogue
      .map((service) =>
        assessService(service, {
          windowSeconds: SIGNAL_WINDOW_SECONDS,
          ...(found.requests?.get(service.name) ?? NO_FIGURES),
          fullness: fullness.get(service.name) ?? [],
          batch: found.batches?.get(service.name) ?? null,
          version: running.get(service.name) ?? null,
          budgets: budgets.services.get(service.name) ?? [],
        }),
      )
      .sort(compareServices);
  });
}

function fullnessByService(
  pods: readonly Pod[],
  catalogue: readonly CatalogueService[],
): Map<string, Fullness[]> {
  const owned = podsByService(pods, catalogue);
  return new Map(
    [...owned].map(([service, own]) => [
      service,
      own.flatMap(({ pod, cpuLimitRatio, memoryLimitRatio }): Fullness[] => [
        { resource: "cpu", subject: pod, ratio: cpuLimitRatio },
        { resource: "memory", subject: pod, ratio: memoryLimitRatio },
      ]),
    ]),
  );
}
