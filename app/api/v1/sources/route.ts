import { handle } from "#lib/server/handle.ts";
import { listSources } from "#lib/server/services/sources/list.ts";

export const GET = handle(listSources);
