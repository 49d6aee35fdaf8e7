import "server-only";
import { OneService } from "#lib/contracts/api.ts";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findService } from "#lib/server/db/service.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { toCatalogueService } from "./entry.ts";
import { isVisible, unknownService } from "./visibility.ts";

/** One service of the catalogue. @throws `not_found` when discovery has never seen it, or for this actor it is not there. */
export async function getCatalogueService(actor: Actor, input: unknown): Promise<CatalogueService> {
  authorize(actor, "catalogue:read");
  const { service } = parseInput(OneService, input);
  const record = await read((tx) => findService(tx, service));
  const entry = record && toCatalogueService(record);
  if (!entry || !isVisible(entry, actor)) throw unknownService(service);
  return entry;
}
