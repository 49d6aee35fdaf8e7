import type { CreateBoard } from "#lib/contracts/board-routes.ts";

const REQUESTS = 'http_requests_total{service="$service"}';
const FAILED = 'http_requests_total{service="$service",status=~"5.."}';
const BUCKETS = 'http_request_duration_seconds_bucket{service="$service"}';

/** What whoever is called for a service looks at first, and what its node does meanwhile. */
export const CHECKOUT_BOARD = {
  name: "Checkout at a glance",
  description: "Traffic, errors and latency of a service beside its node and its lines",
  variables: { service: "checkout", node: "ai1" },
  panels: [
    {
      kind: "series",
      title: "Requests by route",
      query: `sum by (route) (rate(${REQUESTS}[5m]))`,
      unit: "perSecond",
    },
    {
      kind: "series",
      title: "Failing requests",
      query: `(sum(rate(${FAILED}[5m])) or vector(0)) / sum(rate(${REQUESTS}[5m]))`,
      unit: "ratio",
    },
    {
      kind: "series",
      title: "Latency, 99th percentile by node",
      query: `histogram_quantile(0.99, sum by (node, le) (rate(${BUCKETS}[5m])))`,
      unit: "seconds",
    },
    {
      kind: "series",
      title: "Memory left on the node",
      query: 'node_memory_MemAvailable_bytes{node="$node"}',
      unit: "bytes",
    },
    { kind: "log-volume", title: "Lines by level", query: '{service="$service"}', width: "full" },
    {
      kind: "logs",
      title: "Errors and warnings",
      query: '{service=~"$service"} | detected_level=~"error|warn"',
      width: "full",
    },
  ],
} as const satisfies CreateBoard;
