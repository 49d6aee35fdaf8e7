import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import {
  businessErrorRates,
  latencyQuantiles,
  rateWindowSeconds,
  requestRates,
  trafficBaseline,
} from "#lib/domain/signals/request-queries.ts";
import {
  type LatencyReading,
  NO_LATENCY,
  NO_REQUESTS,
  readByService,
  readLatencyByService,
  readRequestsByService,
  type RequestReading,
} from "#lib/domain/signals/request-readings.ts";
import type { ServiceGroup } from "#lib/domain/signals/service-groups.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { gather, mapMeasured, type Part } from "#lib/server/services/cluster/gather.ts";

/** The window that golden signals are judged over. */
export const SIGNAL_WINDOW_SECONDS = rateWindowSeconds(0);
const BASELINE_MAX_AGE_MS = 300_000;

export interface RequestFigures {
  requests: RequestReading;
  latency: LatencyReading;
  businessErrorsPerSecond: number | null;
  baselinePerSecond: number | null;
}

/** Requests, latency and baseline of every service of a group: four queries, however many services. */
async function measureGroup(
  context: QueryContext,
  group: ServiceGroup,
): Promise<Measured<Map<string, RequestFigures>>> {
  const plane = queryPlane();
  const ask = (expr: string) => plane.instant(context, { expr });
  const baseline = { expr: trafficBaseline(group), maxAgeMs: BASELINE_MAX_AGE_MS };
  const parts = await gather({
    requests: { what: "requests and errors", read: ask(requestRates(group, SIGNAL_WINDOW_SECONDS)) },
    latency: { what: "latency", read: ask(latencyQuantiles(group, SIGNAL_WINDOW_SECONDS)) },
    business: { what: "business errors", read: ask(businessErrorRates(group, SIGNAL_WINDOW_SECONDS)) },
    baseline: { what: "traffic baseline", read: plane.instant(context, baseline), slow: true },
  });
  return mapMeasured(parts, (found) => {
    const requests = readRequestsByService(found.requests ?? [], group.names);
    const latency = readLatencyByService(found.latency ?? [], group.names);
    const business = readByService(found.business ?? [], group.names);
    const usual = readByService(found.baseline ?? [], group.names);
    return new Map(
      group.services.map((service) => [
        service,
        {
          requests: requests.get(service) ?? NO_REQUESTS,
          latency: latency.get(service) ?? NO_LATENCY,
          businessErrorsPerSecond: business.get(service) ?? null,
          baselinePerSecond: usual.get(service) ?? null,
        },
      ]),
    );
  });
}

/** Request figures of the services of all groups, by service. */
export async function measureRequests(
  context: QueryContext,
  groups: readonly ServiceGroup[],
): Promise<Measured<Map<string, RequestFigures>>> {
  const parts: Record<string, Part<Map<string, RequestFigures>>> = {};
  groups.forEach((group, index) => {
    const what = group.only === null ? "requests" : `requests of ${group.only.join(", ")}`;
    parts[index] = { what, read: measureGroup(context, group) };
  });
  const answer = await gather(parts);
  return mapMeasured(answer, (found) => new Map(Object.values(found).flatMap((group) => [...(group ?? [])])));
}
