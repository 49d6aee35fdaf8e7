import type { CatalogueService, CataloguePatch } from "#lib/contracts/catalogue.ts";
import { fetchJson } from "./fetch-json.ts";

const asCatalogueService = async () => (await import("#lib/contracts/catalogue.ts")).CatalogueService;

/**
 * Edits a service's catalogue entry and answers the new one. Throws a ProblemError: `invalid` names the
 * fields, `conflict` carries the entry as it is now.
 */
export function saveCatalogue(service: string, patch: CataloguePatch): Promise<CatalogueService> {
  return fetchJson(asCatalogueService, `/api/v1/services/${encodeURIComponent(service)}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(patch),
  });
}
