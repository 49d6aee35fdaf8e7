import { handle } from "#lib/server/handle.ts";
import { endSilence, extendSilence } from "#lib/server/services/silences/change.ts";

export const PATCH = handle(extendSilence);
export const DELETE = handle(endSilence);
