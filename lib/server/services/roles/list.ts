import "server-only";
import type { RoleEntry } from "#lib/contracts/access.ts";
import { ROLES } from "#lib/domain/access/permissions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { readRoles } from "./entry.ts";

/** What each role may do, how many people hold it, and what confines them. */
export async function listRoles(actor: Actor): Promise<{ roles: RoleEntry[] }> {
  authorize(actor, "roles:read");
  return { roles: await read((tx) => readRoles(tx, ROLES)) };
}
