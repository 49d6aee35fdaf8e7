import "server-only";
import { z } from "zod";
import { LabelMatcher, Role, Scope } from "#lib/contracts/access.ts";
import type { Transaction } from "./client.ts";

const Row = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  role: Role,
  scopes: z.array(Scope),
  matchers: z.array(LabelMatcher),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  owner: z.object({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    disabledAt: z.date().nullable(),
  }),
});
/** A token with its owner; the token itself is not kept. */
export type TokenRecord = z.infer<typeof Row>;

/** How exactly "last used" is known; a write for each request would cost more than the request. */
const TOUCH_MS = 60_000;

/** The token whose hash this is; null when there is none. */
export async function findTokenByHash(tx: Transaction, hash: string): Promise<TokenRecord | null> {
  const row = await tx.apiToken.findUnique({ where: { hash }, include: { owner: true } });
  return row && Row.parse(row);
}

/** Whether a use of the token is worth noting. */
export function isTouchDue({ lastUsedAt }: TokenRecord, now: Date): boolean {
  return lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= TOUCH_MS;
}

/** Notes that a token is in use. */
export async function touchToken(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } });
}
