import { pageSpec } from "#lib/client/page-spec.ts";

/** Pages of SLOs read no panels of their own: budgets have an address each. The source lamps ride along. */
export const SLO_PAGE = pageSpec("slos", []);
