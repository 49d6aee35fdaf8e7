import { pageSpec } from "#lib/client/page-spec.ts";

/** All that the Health page shows, in one request. */
export const HEALTH_PAGE = pageSpec("health", [
  { panel: "cluster.answer" },
  { panel: "cluster.nodes" },
  { panel: "cluster.services" },
  { panel: "cluster.findings" },
  { panel: "cluster.alerts" },
  { panel: "cluster.pods" },
]);
