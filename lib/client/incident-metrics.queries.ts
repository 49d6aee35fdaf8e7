import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { readSeverity, type Severity } from "#lib/domain/incidents/severity.ts";
import { fetchJson } from "./fetch-json.ts";

const asIncidentMetricsAnswer = async () =>
  (await import("#lib/contracts/incident-metrics.ts")).IncidentMetricsAnswer;

const PATH = "/api/v1/incidents/metrics";
const FRESH_MS = 60_000;
const DAY_MS = 86_400_000;

/** What the page of metrics is asked for: days up to now, and of which incidents. */
export interface MetricsFilter {
  days: number;
  service: string | null;
  severity: Severity | null;
}

/** Spans that may be looked at, in days. */
export const SPANS_DAYS = [7, 30, 90, 180, 365] as const;
export const DEFAULT_SPAN_DAYS = 90;

/** The filter in an address, as the page's server reads it; what is none of the choices is the default. */
export function readMetricsFilter(params: Record<string, string | string[] | undefined>): MetricsFilter {
  const one = (name: string) => (typeof params[name] === "string" ? params[name] : null);
  const service = one("service");
  return {
    days: SPANS_DAYS.find((days) => String(days) === one("days")) ?? DEFAULT_SPAN_DAYS,
    service: service === "" ? null : service,
    severity: readSeverity(one("severity") ?? ""),
  };
}

/** A filter as the API takes it; from a whole minute on, so that a page and its export ask for the same. */
export function metricsQueryText({ days, service, severity }: MetricsFilter, nowMs: number): string {
  const toMs = Math.ceil(nowMs / 60_000) * 60_000;
  return new URLSearchParams({
    from: new Date(toMs - days * DAY_MS).toISOString(),
    to: new Date(toMs).toISOString(),
    ...(service === null ? {} : { service }),
    ...(severity === null ? {} : { severity }),
  }).toString();
}

/** The address of the same incidents as a CSV file. */
export function metricsExportPath(filter: MetricsFilter, nowMs: number): string {
  return `${PATH}/export?${metricsQueryText(filter, nowMs)}`;
}

/** TTD, TTA, TTM and TTR of the incidents that a filter lets through. */
export function incidentMetricsQuery(filter: MetricsFilter) {
  return queryOptions({
    queryKey: ["incident-metrics", filter],
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const url = `${PATH}?${metricsQueryText(filter, Date.now())}`;
      return (await fetchJson(asIncidentMetricsAnswer, url, { signal })).metrics;
    },
  });
}
