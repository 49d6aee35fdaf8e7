import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { read } from "#lib/server/db/client.ts";
import { findServices } from "#lib/server/db/service.repo.ts";
import { sharedReading } from "#lib/server/shared-reading.ts";
import { toCatalogueService } from "./entry.ts";

const CATALOGUE = sharedReading("catalogue.reading", async () =>
  (await read(findServices)).map(toCatalogueService),
);

/**
 * The catalogue by name: one reading for all who ask at once or within a second. An edit of another process is
 * seen after that second. The services are shared between callers, who must not change them.
 * @throws `unavailable` when the database is out of reach, which is not kept.
 */
export function readCatalogue(): Promise<CatalogueService[]> {
  return CATALOGUE.read();
}

/** Has the next caller read anew: this process changed the catalogue. */
export function forgetCatalogue(): void {
  CATALOGUE.forget();
}
