import { handle } from "#lib/server/handle.ts";
import { endFreeze } from "#lib/server/services/freezes/cancel.ts";

export const DELETE = handle(endFreeze);
