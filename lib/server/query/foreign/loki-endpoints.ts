import "server-only";
import type { Endpoint } from "./endpoint.ts";

const QUERY = { param: "query", add: false } as const;
/** Here the query is a stream selector that narrows the answer. */
const SELECTOR = { param: "query", add: true } as const;
const SPAN = ["start", "end", "since"];

/** The reading half of Loki's HTTP API. */
export const LOKI_ENDPOINTS: readonly Endpoint[] = [
  { path: "/loki/api/v1/query", params: ["query", "time", "limit", "direction"], confined: QUERY },
  {
    path: "/loki/api/v1/query_range",
    params: ["query", ...SPAN, "step", "interval", "limit", "direction"],
    confined: QUERY,
  },
  { path: "/loki/api/v1/labels", params: ["query", ...SPAN], confined: SELECTOR },
  { path: "/loki/api/v1/label/{name}/values", params: ["query", ...SPAN], confined: SELECTOR },
  {
    path: "/loki/api/v1/series",
    params: SPAN,
    lists: ["match[]"],
    confined: { param: "match[]", add: true },
  },
  { path: "/loki/api/v1/index/stats", params: ["query", ...SPAN], confined: SELECTOR },
  {
    path: "/loki/api/v1/index/volume",
    params: ["query", ...SPAN, "limit", "targetLabels", "aggregateBy"],
    confined: SELECTOR,
  },
  {
    path: "/loki/api/v1/detected_fields",
    params: ["query", ...SPAN, "step", "line_limit", "field_limit", "limit"],
    confined: SELECTOR,
  },
  { path: "/loki/api/v1/patterns", params: ["query", ...SPAN, "step"], confined: SELECTOR },
  { path: "/loki/api/v1/format_query", params: ["query"], confined: "harmless" },
];
