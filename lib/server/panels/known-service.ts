import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { AppError } from "#lib/server/errors.ts";
import { getCatalogueService } from "#lib/server/services/catalogue/get.ts";

/** The catalogue entry of a panel's service. @throws `not_found` naming `params.service`, whatever the name. */
export async function knownService(actor: Actor, service: string): Promise<CatalogueService> {
  try {
    return await getCatalogueService(actor, { service });
  } catch (error) {
    // A name that the catalogue refuses to look up is as unknown as one it does not hold.
    const isUnknown = error instanceof AppError && (error.code === "not_found" || error.code === "invalid");
    throw isUnknown ? unknownParam("service", service) : error;
  }
}

/** `not_found` for a panel whose subject does not exist. */
export function unknownParam(field: "service" | "node", name: string): AppError {
  const message = `there is no ${field} ${JSON.stringify(name)}`;
  return new AppError("not_found", message, { fields: [{ path: `params.${field}`, message }] });
}
