import "server-only";
import { z } from "zod";
import { Role } from "#lib/contracts/access.ts";
import type { Transaction } from "./client.ts";

/** Roles that this version does not know are left out: they give nothing. */
export const KnownRoles = z
  .array(z.string())
  .transform((roles) => roles.filter((role): role is Role => Role.safeParse(role).success));

const Row = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: KnownRoles,
  mustChangePassword: z.boolean(),
  disabledAt: z.date().nullable(),
  twoFactorEnabled: z.boolean().nullable(),
  createdAt: z.date(),
  version: z.int(),
  accounts: z.array(z.object({ providerId: z.string() })),
});
/** A person with the ways they sign in. */
export type PersonRecord = z.infer<typeof Row>;

const WITH_ACCOUNTS = { accounts: { select: { providerId: true } } } as const;

/** One person; null when there is none of this id. */
export async function findPerson(tx: Transaction, id: string): Promise<PersonRecord | null> {
  const row = await tx.user.findUnique({ where: { id }, include: WITH_ACCOUNTS });
  return row && Row.parse(row);
}
