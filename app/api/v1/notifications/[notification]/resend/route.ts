import { handle } from "#lib/server/handle.ts";
import { resendNotification } from "#lib/server/services/notifications/log.ts";

export const POST = handle(resendNotification);
