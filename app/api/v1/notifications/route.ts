import { handle } from "#lib/server/handle.ts";
import { listNotifications } from "#lib/server/services/notifications/log.ts";

export const GET = handle(listNotifications);
