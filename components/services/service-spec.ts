import { pageSpec, type PageSpec } from "#lib/client/page-spec.ts";
import type { ServiceKind } from "#lib/contracts/cluster.ts";

const REQUEST_PANELS = ["service.latency", "service.traffic", "service.errors"] as const;
const BATCH_PANELS = [
  "service.batch-runs",
  "service.batch-duration",
  "service.batch-age",
  "service.batch-records",
] as const;
const COMMON_PANELS = [
  "service.saturation",
  "service.deploys",
  "service.pods",
  "service.dependencies",
  "service.logs",
] as const;

/** All that a service's page shows, in one request: runs for a batch service, else requests and routes. */
export function servicePage(service: string, kind: ServiceKind): PageSpec {
  const own = kind === "batch" ? BATCH_PANELS : ([...REQUEST_PANELS, "service.routes"] as const);
  const panels = ["service.health", ...own, ...COMMON_PANELS] as const;
  return pageSpec(
    `services/${service}`,
    panels.map((panel) => ({ panel, params: { service } })),
  );
}

/** The list of services. */
export const SERVICES_PAGE = pageSpec("services", [{ panel: "cluster.services" }]);
