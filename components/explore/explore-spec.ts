import { pageSpec } from "#lib/client/page-spec.ts";

/** What Explore measures by the panels' way: the source lamps. A query is asked when somebody runs it. */
export const EXPLORE_PAGE = pageSpec("explore", []);
