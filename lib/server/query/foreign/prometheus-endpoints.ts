import "server-only";
import type { Endpoint } from "./endpoint.ts";

const QUERY = { param: "query", add: false } as const;
const MATCH = { param: "match[]", add: true } as const;
const SPAN = ["start", "end", "limit"];

/** The reading half of Prometheus' HTTP API. `timeout` does not pass: the plane sets its own. */
export const PROMETHEUS_ENDPOINTS: readonly Endpoint[] = [
  { path: "/api/v1/query", params: ["query", "time", "limit", "stats", "lookback_delta"], confined: QUERY },
  {
    path: "/api/v1/query_range",
    params: ["query", "start", "end", "step", "limit", "stats", "lookback_delta"],
    confined: QUERY,
  },
  { path: "/api/v1/query_exemplars", params: ["query", "start", "end"], confined: QUERY },
  { path: "/api/v1/series", params: SPAN, lists: ["match[]"], confined: MATCH },
  { path: "/api/v1/labels", params: SPAN, lists: ["match[]"], confined: MATCH },
  {
    path: "/api/v1/label/{name}/values",
    params: SPAN,
    lists: ["match[]"],
    getOnly: true,
    confined: MATCH,
  },
  {
    path: "/api/v1/metadata",
    params: ["metric", "limit", "limit_per_metric"],
    getOnly: true,
    confined: "refused",
  },
  {
    path: "/api/v1/rules",
    params: ["type", "exclude_alerts", "group_limit", "group_next_token"],
    lists: ["rule_name[]", "rule_group[]", "file[]", "match[]"],
    getOnly: true,
    confined: "refused",
  },
  { path: "/api/v1/alerts", params: [], getOnly: true, confined: "refused" },
  { path: "/api/v1/targets", params: ["state", "scrapePool"], getOnly: true, confined: "refused" },
  { path: "/api/v1/status/buildinfo", params: [], getOnly: true, confined: "harmless" },
];
