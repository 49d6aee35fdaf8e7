import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { AppError } from "#lib/server/errors.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";

/** The catalogue entry of a panel's service. @throws `not_found` naming `params.service`, whatever the name. */
export async function knownService(actor: Actor, service: string): Promise<CatalogueService> {
  const entry = (await listCatalogue(actor)).find(({ name }) => name === service);
  if (!entry) throw unknownParam("service", service);
  return entry;
}

/** `not_found` for a panel whose subject does not exist. */
export function unknownParam(field: "service" | "node", name: string): AppError {
  const message = `there is no ${field} ${JSON.stringify(name)}`;
  return new AppError("not_found", message, { fields: [{ path: `params.${field}`, message }] });
}
