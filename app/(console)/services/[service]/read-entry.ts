import { notFound } from "next/navigation";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { AppError } from "#lib/server/errors.ts";
import { getCatalogueService } from "#lib/server/services/catalogue/get.ts";
import { pageActor } from "../../page-actor.ts";

/**
 * The catalogue's entry of a service; a service that it does not know ends in the not-found page. Null
 * when the catalogue itself cannot be read: what is measured can still be shown.
 */
export async function readEntry(service: string): Promise<CatalogueService | null> {
  const actor = await pageActor();
  try {
    return await getCatalogueService(actor, { service });
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "invalid")) notFound();
    return null;
  }
}
