import { handle } from "#lib/server/handle.ts";
import { updateRole } from "#lib/server/services/roles/update.ts";

export const PATCH = handle(updateRole);
