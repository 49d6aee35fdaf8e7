import { pageSpec } from "#lib/client/page-spec.ts";

/** What pages of releases measure by the panels' way: the source lamps. */
export const RELEASE_PAGE = pageSpec("releases", []);
