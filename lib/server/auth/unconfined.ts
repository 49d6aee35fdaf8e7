import "server-only";
import { AppError } from "#lib/server/errors.ts";
import type { Actor } from "./actor.ts";

/**
 * Refuses whoever is confined to certain series: `what` concerns everybody, such as "SLOs are written".
 * @throws `forbidden`
 */
export function requireUnconfined({ confinement }: Actor, what: string): void {
  if (confinement.length === 0) return;
  throw new AppError("forbidden", `${what} by people and tokens that are not confined to certain series`);
}
