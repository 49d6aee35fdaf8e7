import "server-only";
import { type Action, type Owned, refusal } from "#lib/domain/access/permissions.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Actor } from "./actor.ts";

/**
 * Lets `actor` take `action`, on `resource` where it belongs to somebody.
 * @throws `forbidden` naming the roles or the scope that are missing; `password_change_required`.
 */
export function authorize(actor: Actor, action: Action, resource?: Owned): void {
  const refused = refusal(actor, action, resource);
  if (refused === null) return;
  throw new AppError(refused.why === "password" ? "password_change_required" : "forbidden", refused.detail);
}
