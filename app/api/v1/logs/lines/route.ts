import { handle } from "#lib/server/handle.ts";
import { readLines } from "#lib/server/services/logs/lines.ts";

export const GET = handle(readLines);
