import "server-only";
import { createHash } from "node:crypto";
import type { Transaction } from "./client.ts";
import { Prisma } from "./generated/client.ts";

/** Any fixed number; whoever appends holds this lock until its transaction ends. */
const CHAIN_LOCK = 727_401;
/** What the first record names as its predecessor. */
export const CHAIN_START = "0".repeat(64);

/** What a record's hash covers, beside its predecessor's hash. */
export interface AuditFields {
  at: Date;
  actorId: string;
  actorKind: string;
  tokenId: string | null;
  action: string;
  resourceType: string;
  resourceId: string;
  before: unknown;
  after: unknown;
  requestId: string;
}

interface AppendAudit extends AuditFields {
  personal: { personIds: string[]; address: string | null };
}

/** JSON with the keys of every object in order: jsonb does not keep the order they were written in. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** SHA-256 over the predecessor's hash and the record's fields, hexadecimal. */
export function auditHash(seq: number, previousHash: string, fields: AuditFields): string {
  const { at, actorId, actorKind, tokenId, action, resourceType, resourceId, before, after, requestId } =
    fields;
  const covered = { seq, previousHash, at: at.toISOString(), actorId, actorKind, tokenId, action };
  const text = canonicalJson({ ...covered, resourceType, resourceId, before, after, requestId });
  return createHash("sha256").update(text).digest("hex");
}

/** Appends a record behind the newest one; numbers have no holes. */
export async function appendAudit(tx: Transaction, { personal, ...fields }: AppendAudit): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
  const last = await tx.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
  const seq = (last?.seq ?? 0) + 1;
  const previousHash = last?.hash ?? CHAIN_START;
  // Undefined members and dates would not survive jsonb as they are hashed.
  const kept: AuditFields = JSON.parse(JSON.stringify(fields));
  const data = { ...kept, at: fields.at };
  await tx.auditEntry.create({
    data: {
      ...data,
      seq,
      before: data.before === null ? Prisma.DbNull : (data.before as Prisma.InputJsonValue),
      after: data.after === null ? Prisma.DbNull : (data.after as Prisma.InputJsonValue),
      previousHash,
      hash: auditHash(seq, previousHash, data),
    },
  });
  const actor = await tx.user.findUnique({ where: { id: fields.actorId }, select: { name: true } });
  await tx.auditPersonal.create({ data: { seq, ...personal, actorName: actor?.name ?? null } });
}
