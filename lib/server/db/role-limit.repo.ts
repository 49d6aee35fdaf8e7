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
