import { handle } from "#lib/server/handle.ts";
import { endPersonSessions, listPersonSessions } from "#lib/server/services/people/sessions.ts";

export const GET = handle(listPersonSessions);
export const DELETE = handle(endPersonSessions);
