import { handle } from "#lib/server/handle.ts";
import { readAlertHistory } from "#lib/server/services/alerts/history.ts";

export const GET = handle(readAlertHistory);
