import { handle } from "#lib/server/handle.ts";
import { listAlerts } from "#lib/server/services/alerts/list.ts";

export const GET = handle(listAlerts);
