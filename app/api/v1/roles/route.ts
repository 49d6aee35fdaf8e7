import { handle } from "#lib/server/handle.ts";
import { listRoles } from "#lib/server/services/roles/list.ts";

export const GET = handle(listRoles);
