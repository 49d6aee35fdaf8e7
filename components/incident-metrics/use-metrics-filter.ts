"use client";

import { parseAsNumberLiteral, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { DEFAULT_SPAN_DAYS, SPANS_DAYS } from "#lib/client/incident-metrics.queries.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";

const PARAMS = {
  days: parseAsNumberLiteral(SPANS_DAYS).withDefault(DEFAULT_SPAN_DAYS),
  service: parseAsString,
  severity: parseAsStringLiteral(SEVERITIES),
};

/** Which incidents the metrics are of, kept in the page's address. */
export function useMetricsFilter() {
  const [filter, setFilter] = useQueryStates(PARAMS);
  return { filter, setFilter };
}
