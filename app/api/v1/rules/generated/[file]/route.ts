import { handle } from "#lib/server/handle.ts";
import { writeRules } from "#lib/server/services/alert-rules/own.ts";

export const GET = handle(writeRules);
