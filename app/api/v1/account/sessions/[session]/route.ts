import { handle } from "#lib/server/handle.ts";
import { endOwnSession } from "#lib/server/services/account/own-sessions.ts";

export const DELETE = handle(endOwnSession);
