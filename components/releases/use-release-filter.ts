"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ReleaseFilter } from "#lib/client/release-filter.ts";
import { RELEASE_STATES } from "#lib/domain/gate/release-states.ts";

const FILTER = {
  q: parseAsString.withDefault(""),
  service: parseAsString,
  state: parseAsStringLiteral(RELEASE_STATES),
};
const NOTHING = { q: null, service: null, state: null };

/** The board's filter, kept in the page's address. */
export function useReleaseFilter() {
  const [filter, setFilter] = useQueryStates(FILTER);
  const wanted = Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== null && value !== ""),
  ) as ReleaseFilter;
  return { filter, wanted, setFilter, clear: () => void setFilter(NOTHING) };
}
