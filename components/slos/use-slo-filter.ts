"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";
import { TIERS } from "#lib/domain/catalogue/vocabulary.ts";
import { SLO_SORTS } from "./slo-order.ts";

const FILTER = {
  q: parseAsString.withDefault(""),
  status: parseAsStringLiteral(SLO_STATUSES),
  tier: parseAsStringLiteral(TIERS),
  owner: parseAsString,
  node: parseAsString,
  service: parseAsString,
};
const PARAMS = { ...FILTER, sort: parseAsStringLiteral(SLO_SORTS).withDefault("worst") };
const NOTHING = { q: null, status: null, tier: null, owner: null, node: null, service: null };

/** The list's filter and order, kept in the page's address. */
export function useSloFilter() {
  const [{ sort, ...filter }, setParams] = useQueryStates(PARAMS);
  return { filter, sort, setParams, clear: () => void setParams(NOTHING) };
}
