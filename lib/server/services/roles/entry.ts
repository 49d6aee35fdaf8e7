import "server-only";
import type { Role, RoleEntry } from "#lib/contracts/access.ts";
import { actionsOf } from "#lib/domain/access/role-actions.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { countRoleHolders, findRoleLimits } from "#lib/server/db/role-limit.repo.ts";

/** The roles as they are now, in the order given. */
export async function readRoles(tx: Transaction, roles: readonly Role[]): Promise<RoleEntry[]> {
  const limits = await findRoleLimits(tx);
  const holders = await countRoleHolders(tx);
  return roles.map((role) => {
    const limit = limits.find((each) => each.role === role);
    return {
      role,
      actions: actionsOf(role),
      matchers: limit?.matchers ?? [],
      people: holders.get(role) ?? 0,
      version: limit?.version ?? 0,
    };
  });
}
