import "server-only";
import type { Role } from "#lib/domain/access/permissions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";

/** A person with these roles, for tests of verbs; no account stands behind it. */
export function personWith(...roles: Role[]): Actor {
  return { id: roles.join("-") || "nobody", kind: "person", roles, scopes: "all", confinement: [] };
}

export const ADMIN = personWith("admin");
export const VIEWER = personWith("viewer");
