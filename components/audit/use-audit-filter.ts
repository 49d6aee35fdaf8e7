"use client";

import { parseAsString, useQueryStates } from "nuqs";
import { auditFilter } from "#lib/client/audit-filter.ts";

const PARAMS = {
  actor: parseAsString,
  action: parseAsString,
  resource: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

/** The log's filter, kept in the page's address. */
export function useAuditFilter() {
  const [params, setParams] = useQueryStates(PARAMS, { throttleMs: 300 });
  return { params, filter: auditFilter(params), setParams };
}
