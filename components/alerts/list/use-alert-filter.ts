"use client";

import { debounce, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ListAlerts } from "#lib/contracts/alerts.ts";
import { ALERT_STATES } from "#lib/domain/alerts/alert-states.ts";

const FILTER = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(ALERT_STATES),
  service: parseAsString,
  node: parseAsString,
  match: parseAsString.withDefault(""),
  groupBy: parseAsString,
};
const NOTHING = { q: null, status: null, service: null, node: null, match: null };

/** Whoever types is not asked about every letter. */
export const TYPING = { limitUrlUpdates: debounce(250) };

/** The list's filter, kept in the page's address; `wanted` is what the API is asked for. */
export function useAlertFilter() {
  const [filter, setFilter] = useQueryStates(FILTER);
  const given = Object.entries(filter).filter(([, value]) => value !== null && value !== "");
  const wanted = Object.fromEntries(given) as ListAlerts;
  const narrowed = given.some(([name]) => name !== "groupBy");
  return { filter, wanted, narrowed, setFilter, clear: () => void setFilter(NOTHING) };
}
