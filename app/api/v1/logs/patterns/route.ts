import { handle } from "#lib/server/handle.ts";
import { readPatterns } from "#lib/server/services/logs/inspect.ts";

export const GET = handle(readPatterns);
