import { handle } from "#lib/server/handle.ts";
import { listServices } from "#lib/server/services/services/list.ts";

export const GET = handle(listServices);
