import { pageSpec } from "#lib/client/page-spec.ts";

/** What pages of incidents measure by the panels' way: the source lamps. */
export const INCIDENT_PAGE = pageSpec("incidents", []);
