/**
 * How the store is held against each recorded exchange that it does not answer in Loki's exact words. An
 * exchange that is not named here must match in status, content type and body.
 */

/** Status, content type and the set of elements match; Loki's own order is that of a hash map. */
export const UNORDERED = ["series", "series-nomatch-param"];

/** Status and content type match; the text is ours, for the reason given. */
export const OWN_WORDS: Readonly<Record<string, string>> = {
  buildinfo: "the store says its own version",
  "push-bad-json": "Loki's text is its JSON decoder's",
  "push-numeric-ts": "Loki's text is its JSON decoder's",
  "push-non-string-line": "Loki's text is its JSON decoder's",
  "push-nested-metadata": "Loki's text is its JSON decoder's",
  "push-numeric-metadata": "Loki's text is its JSON decoder's",
  "push-text-plain": "Loki tries protobuf; the store says that it takes JSON only",
  "query-scalar": "Loki's timestamp of a scalar is a defect; the value is compared by a test of its own",
  "matrix-variants": "Loki knows the construct and has it disabled; to the grammar it is a syntax error",
};

/** LogQL beyond the subset: 501 that names the construct. */
export const UNSUPPORTED_LOGQL: Readonly<Record<string, string>> = {
  "query-absent": "absent_over_time",
  "range-interval": "the parameter interval",
  "pipe-json-fields": 'json s="status", uid="user.id", tag="tags[0]"',
  "pipe-pattern": 'pattern `<ip> - - <_> "<method> <path> <_>" <status> <size>`',
  "pipe-regexp": 'regexp `"(?P<verb>\\w+) (?P<url>\\S+)`',
  "pipe-pattern-filter": '|> "<_>job finished<_>"',
  "pipe-label-format": 'label_format svc=service, sev="{{ToUpper .level}}"',
  "pipe-keep": "keep status, node",
  "pipe-drop": "drop __error__, msg, ts",
  "pipe-decolorize": "decolorize",
  "pipe-ip": '|= ip("10.0.1.0/24")',
  "matrix-quantile": "quantile_over_time",
  "matrix-avg-unwrap-duration": "avg_over_time",
  "matrix-unwrap-error": "sum_over_time",
  "matrix-unwrap-error-guarded": "sum_over_time",
  "matrix-label-replace":
    'label_replace(sum by (node) (rate({service="api"}[5m])), "host", "$1", "node", "ai(.*)")',
};

/** Addresses of Loki beyond the subset: 501 that names the path. */
export const UNSUPPORTED_PATHS = [
  "services",
  "push-otlp-json",
  "index-stats",
  "index-stats-empty",
  "index-stats-with-pipeline",
  "index-volume",
  "index-volume-labels",
  "index-volume-range",
  "index-shards",
  "detected-fields",
  "detected-fields-logfmt",
  "detected-field-values",
  "detected-labels",
  "patterns-old-range",
  "patterns",
  "patterns-bad",
  "format-query",
  "format-query-bad",
  "drilldown-limits",
  "rules-none",
  "prom-rules",
  "prom-alerts",
  "delete-list",
  "flush",
  "index-stats-flushed",
  "index-stats-default-range-flushed",
  "index-volume-flushed",
  "index-shards-flushed",
];

const NO_TENANTS = "recorded with auth_enabled and limits per tenant; the store knows no tenants";

/** Exchanges that are not replayed here, each for the reason given. */
export function notReplayed(exchange: { name: string; tenancy: string; websocket?: boolean }): string | null {
  if (exchange.websocket) return "a websocket: the tail's own test compares it";
  if (exchange.tenancy === "multi") return NO_TENANTS;
  if (exchange.tenancy === "tiny-queue") return "recorded under overload of a queue of two";
  return exchange.name === "ready-early" ? "Loki waits 15 s before it is ready, the store does not" : null;
}
