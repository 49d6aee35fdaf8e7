import { handle } from "#lib/server/handle.ts";
import { deleteSlo } from "#lib/server/services/slos/delete.ts";
import { getSlo } from "#lib/server/services/slos/get.ts";
import { updateSlo } from "#lib/server/services/slos/update.ts";

export const GET = handle(getSlo);
export const PATCH = handle(updateSlo);
export const DELETE = handle(deleteSlo);
