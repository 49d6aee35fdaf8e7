import "server-only";
import { z } from "zod";
import { LabelMatcher, Role } from "#lib/contracts/access.ts";
import type { Transaction } from "./client.ts";

const Row = z.object({ role: Role, matchers: z.array(LabelMatcher), version: z.int() });
export type RoleLimit = z.infer<typeof Row>;

/** The matchers of every role that has any, or once had. */
export async function findRoleLimits(tx: Transaction): Promise<RoleLimit[]> {
  return z.array(Row).parse(await tx.roleLimit.findMany({ orderBy: { role: "asc" } }));
}

/**
 * Replaces a role's matchers if `version` is still current, 0 standing for a role that never had any;
 * null when it is not.
 */
export async function saveRoleLimit(
  tx: Transaction,
  role: Role,
  version: number,
  matchers: LabelMatcher[],
): Promise<RoleLimit | null> {
  const [row] =
    version === 0
      ? await tx.roleLimit.createManyAndReturn({ data: [{ role, matchers }], skipDuplicates: true })
      : await tx.roleLimit.updateManyAndReturn({
          where: { role, version },
          data: { matchers, version: { increment: 1 } },
        });
  return row ? Row.parse(row) : null;
}

/** How many people hold each role; roles that nobody holds are left out. */
export async function countRoleHolders(tx: Transaction): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ role: string; people: number }[]>`
    select role, count(*)::int as people from users, unnest(roles) as role group by role`;
  return new Map(rows.map(({ role, people }) => [role, people]));
}
