"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { DecisionFilter } from "#lib/client/decisions.queries.ts";
import { DECISIONS } from "#lib/domain/gate/decision.ts";
import { DECISION_KINDS } from "#lib/domain/gate/decision-kinds.ts";

const FILTER = {
  service: parseAsString,
  release: parseAsString,
  kind: parseAsStringLiteral(DECISION_KINDS),
  decision: parseAsStringLiteral(DECISIONS),
};
const NOTHING = { service: null, release: null, kind: null, decision: null };

/** The log's filter, kept in the page's address. */
export function useDecisionFilter() {
  const [filter, setFilter] = useQueryStates(FILTER);
  const wanted = Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== null && value !== ""),
  ) as DecisionFilter;
  return { filter, wanted, setFilter, clear: () => void setFilter(NOTHING) };
}
