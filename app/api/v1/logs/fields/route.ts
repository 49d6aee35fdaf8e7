import { handle } from "#lib/server/handle.ts";
import { readFields } from "#lib/server/services/logs/inspect.ts";

export const GET = handle(readFields);
