"use client";

import { parseAsNumberLiteral, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";

/** Spans that may be looked at, in days. */
export const SPANS_DAYS = [7, 30, 90, 180, 365] as const;

const PARAMS = {
  days: parseAsNumberLiteral(SPANS_DAYS).withDefault(90),
  service: parseAsString,
  severity: parseAsStringLiteral(SEVERITIES),
};

/** Which incidents the metrics are of, kept in the page's address. */
export function useMetricsFilter() {
  const [filter, setFilter] = useQueryStates(PARAMS);
  return { filter, setFilter };
}
