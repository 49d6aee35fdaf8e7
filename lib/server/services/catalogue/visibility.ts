import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { AppError } from "#lib/server/errors.ts";
import { satisfies } from "#lib/server/query/confine/satisfies.ts";

/**
 * Whether the actor may see an entry: its values satisfy every matcher of the confinement. Unlike a series, an
 * entry may lack a value that is merely unknown; that hides it, and so does a matcher on any other label.
 */
export function isVisible(service: CatalogueService, { confinement }: Pick<Actor, "confinement">): boolean {
  if (confinement.length === 0) return true;
  const { name, namespace, tier, team, environment } = service;
  const values: Record<string, string | null> = { service: name, namespace, tier, team, environment };
  const known = Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return confinement.every(({ label }) => Object.hasOwn(known, label)) && satisfies(known, confinement);
}

/** The same words for what does not exist and for what is out of sight. */
export function unknownService(name: string): AppError {
  return new AppError("not_found", `the catalogue knows no service ${name}`);
}
