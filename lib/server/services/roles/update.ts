import "server-only";
import { PatchRole, type Role, type RoleEntry } from "#lib/contracts/access.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { saveRoleLimit } from "#lib/server/db/role-limit.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readRoles } from "./entry.ts";

async function readRole(tx: Transaction, role: Role): Promise<RoleEntry> {
  const [entry] = await readRoles(tx, [role]);
  return entry!;
}

/**
 * Confines whoever holds a role to series that match; no matchers lift it. It holds from their next request on.
 * @throws `invalid` naming the matcher's field, and `conflict` with the current state
 */
export async function updateRole(actor: Actor, input: unknown, caller: Caller): Promise<RoleEntry> {
  authorize(actor, "roles:write");
  const { role, version, matchers } = parseInput(PatchRole, input);
  return transaction(async (tx) => {
    const before = await readRole(tx, role);
    const saved = before.version === version && (await saveRoleLimit(tx, role, version, matchers));
    if (!saved) {
      const current = await readRole(tx, role);
      throw new AppError("conflict", `${role} was changed meanwhile: version ${current.version} is current`, {
        current,
      });
    }
    await recordAudit(tx, actor, caller, {
      action: "role.confined",
      resource: { type: "role", id: role },
      before: { matchers: before.matchers },
      after: { matchers },
    });
    return { ...before, matchers: saved.matchers, version: saved.version };
  });
}
