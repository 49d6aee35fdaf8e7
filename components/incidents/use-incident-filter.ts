"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { IncidentFilter } from "#lib/client/incident-filter.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";

const FILTER = {
  q: parseAsString.withDefault(""),
  open: parseAsBoolean,
  severity: parseAsStringLiteral(SEVERITIES),
  service: parseAsString,
  node: parseAsString,
};
const NOTHING = { q: null, open: null, severity: null, service: null, node: null };

/** The list's filter, kept in the page's address. */
export function useIncidentFilter() {
  const [filter, setFilter] = useQueryStates(FILTER);
  const wanted = Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== null && value !== ""),
  ) as IncidentFilter;
  return { filter, wanted, setFilter, clear: () => void setFilter(NOTHING) };
}
