import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { readCatalogue } from "./shared-reading.ts";
import { isVisible } from "./visibility.ts";

/**
 * Every service of the catalogue that the actor may see, by name, with the values in force. The services are shared between callers,
 * who must not change them.
 */
export async function listCatalogue(actor: Actor): Promise<CatalogueService[]> {
  authorize(actor, "catalogue:read");
  return (await readCatalogue()).filter((service) => isVisible(service, actor));
}
