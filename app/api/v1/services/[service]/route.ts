import { handle } from "#lib/server/handle.ts";
import { updateCatalogueService } from "#lib/server/services/catalogue/update.ts";
import { getService } from "#lib/server/services/services/get.ts";

export const GET = handle(getService);
export const PATCH = handle(updateCatalogueService);
