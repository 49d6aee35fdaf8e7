import { pageSpec } from "#lib/client/page-spec.ts";

/** Pages of alerts read no panels of their own: alerts, silences and rules have an address each. The source lamps ride along. */
export const ALERT_PAGE = pageSpec("alerts", []);
