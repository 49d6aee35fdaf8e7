import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findServices } from "#lib/server/db/service.repo.ts";
import { toCatalogueService } from "./entry.ts";

/** Every service of the catalogue, by name, with the values in force. */
export async function listCatalogue(actor: Actor): Promise<CatalogueService[]> {
  authorize(actor, "catalogue:read");
  const records = await read(findServices);
  return records.map(toCatalogueService);
}
