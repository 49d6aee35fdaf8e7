/** Where a service's figures are found: metric names, label names, and how to scale durations to seconds. */
export interface MetricNames {
  requests: string;
  /** Base name of the duration histogram, without `_bucket`. */
  duration: string;
  /** Multiplies a duration sample to give seconds: 0.001 for milliseconds. */
  durationToSeconds: number;
  serviceLabel: string;
  nodeLabel: string;
  routeLabel: string;
  methodLabel: string;
  statusLabel: string;
  /** Label of business errors on `requests`; a request without it is none. */
  errorTypeLabel: string;
}

export const METRIC_PRESETS = {
  prometheus: {
    requests: "http_requests_total",
    duration: "http_request_duration_seconds",
    durationToSeconds: 1,
    serviceLabel: "service",
    nodeLabel: "node",
    routeLabel: "route",
    methodLabel: "method",
    statusLabel: "status",
    errorTypeLabel: "error_type",
  },
  opentelemetry: {
    requests: "http_server_request_duration_seconds_count",
    duration: "http_server_request_duration_seconds",
    durationToSeconds: 1,
    serviceLabel: "service_name",
    nodeLabel: "k8s_node_name",
    routeLabel: "http_route",
    methodLabel: "http_request_method",
    statusLabel: "http_response_status_code",
    errorTypeLabel: "error_type",
  },
  opentelemetry_legacy: {
    requests: "http_server_duration_milliseconds_count",
    duration: "http_server_duration_milliseconds",
    durationToSeconds: 0.001,
    serviceLabel: "service_name",
    nodeLabel: "k8s_node_name",
    routeLabel: "http_route",
    methodLabel: "http_method",
    statusLabel: "http_status_code",
    errorTypeLabel: "error_type",
  },
} as const satisfies Record<string, MetricNames>;
export const METRIC_PRESET_NAMES = ["prometheus", "opentelemetry", "opentelemetry_legacy"] as const;
export type MetricPresetName = (typeof METRIC_PRESET_NAMES)[number];

/** The names in force for a service: its preset with its own names on top. */
export function metricNames(preset: MetricPresetName, overrides: Partial<MetricNames>): MetricNames {
  return { ...METRIC_PRESETS[preset], ...overrides };
}
