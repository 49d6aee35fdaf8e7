import "server-only";
import { AppError } from "#lib/server/errors.ts";
import type { Actor, Role } from "./actor.ts";

/** Which roles may do what; an action that is not listed does not exist. */
const ALLOWED = {
  "measurements:read": ["viewer", "sre", "product_owner", "release_manager", "admin"],
  "catalogue:read": ["viewer", "sre", "product_owner", "release_manager", "admin"],
  "catalogue:write": ["sre", "admin"],
} as const satisfies Record<string, readonly Role[]>;
export type Action = keyof typeof ALLOWED;

/** Throws `forbidden`, naming the roles that may, unless one of the actor's roles allows the action. */
export function authorize(actor: Actor, action: Action): void {
  const allowed: readonly Role[] = ALLOWED[action];
  if (actor.roles.some((role) => allowed.includes(role))) return;
  throw new AppError("forbidden", `${action} needs one of the roles ${allowed.join(", ")}`);
}
