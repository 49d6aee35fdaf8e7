import "server-only";
import { randomUUID } from "node:crypto";
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

/** Notes that tokens are in use. */
export async function touchTokens(tx: Transaction, ids: string[], now: Date): Promise<void> {
  await tx.apiToken.updateMany({ where: { id: { in: ids } }, data: { lastUsedAt: now } });
}

/** Those of these tokens that there are, in no order. */
export async function findTokensById(tx: Transaction, ids: readonly string[]): Promise<TokenRecord[]> {
  const rows = await tx.apiToken.findMany({ where: { id: { in: [...ids] } }, include: { owner: true } });
  return z.array(Row).parse(rows);
}

/** Every token, the newest first. */
export async function findTokens(tx: Transaction): Promise<TokenRecord[]> {
  const rows = await tx.apiToken.findMany({
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    include: { owner: true },
  });
  return z.array(Row).parse(rows);
}

/** One token; null when there is none of this id. */
export async function findToken(tx: Transaction, id: string): Promise<TokenRecord | null> {
  const row = await tx.apiToken.findUnique({ where: { id }, include: { owner: true } });
  return row && Row.parse(row);
}

type NewToken = Pick<TokenRecord, "name" | "hint" | "role" | "scopes" | "matchers" | "expiresAt"> & {
  hash: string;
  ownerId: string;
};

/** Keeps a new token by its hash. */
export async function insertToken(tx: Transaction, token: NewToken): Promise<TokenRecord> {
  const row = await tx.apiToken.create({ data: { id: randomUUID(), ...token }, include: { owner: true } });
  return Row.parse(row);
}

/** Ends a token for good; false when it has ended before or never was. */
export async function endToken(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.apiToken.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: now },
  });
  return count === 1;
}
