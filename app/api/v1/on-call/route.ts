import { handle } from "#lib/server/handle.ts";
import { getOnCall } from "#lib/server/services/notifications/on-call.ts";

export const GET = handle(getOnCall);
