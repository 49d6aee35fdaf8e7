import { handle } from "#lib/server/handle.ts";
import { readSloRules } from "#lib/server/services/slos/rules.ts";

export const GET = handle(readSloRules);
