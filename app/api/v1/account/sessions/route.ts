import { handle } from "#lib/server/handle.ts";
import { endOwnSessions, listOwnSessions } from "#lib/server/services/account/own-sessions.ts";

export const GET = handle(listOwnSessions);
export const DELETE = handle(endOwnSessions);
