import "server-only";
import { z } from "zod";
import { type Json, storable } from "#lib/domain/audit/canonical-json.ts";
import { type AuditFields, auditHash, type AuditRecord } from "#lib/server/audit/chain.ts";
import { CHAIN_START } from "#lib/server/hash-chain.ts";
import type { Transaction } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/** Any fixed number; whoever appends holds this lock until its transaction ends. */
const CHAIN_LOCK = 727_401;

interface AppendAudit extends Omit<AuditFields, "before" | "after"> {
  before: unknown;
  after: unknown;
  personal: { personIds: string[]; address: string | null };
}

const Kept = z.object({
  actorId: z.string(),
  actorKind: z.string(),
  tokenId: z.string().nullable(),
  action: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  requestId: z.string(),
});

/** The newest record, null while there is none, and the actor's name while the person is there. */
interface Newest {
  seq: number | null;
  hash: string | null;
  actorName: string | null;
}

function jsonText(value: Json): string | null {
  return value === null ? null : JSON.stringify(value);
}

/**
 * Appends a record behind the newest one; numbers have no holes. What the database cannot hold is replaced
 * before the record is hashed, so that it reads as it was hashed.
 */
export async function appendAudit(
  tx: Transaction,
  { personal, before, after, at, ...texts }: AppendAudit,
): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
  // Behind the lock, which an erasure holds too: who is gone by now is not named again.
  const [last] = await tx.$queryRaw<Newest[]>`
    select (select name from users where id = ${texts.actorId}) as "actorName", newest.seq, newest.hash
    from (select 1) as one
    left join lateral (select seq, hash from audit_entries order by seq desc limit 1) as newest on true`;
  const actorName = last?.actorName ?? null;
  const erased = actorName === null && (texts.actorKind === "person" || texts.actorKind === "token");
  const seq = (last?.seq ?? 0) + 1;
  const previousHash = last?.hash ?? CHAIN_START;
  const kept = { ...Kept.parse(storable(texts)), at, before: storable(before), after: storable(after) };
  const hash = auditHash({ ...kept, seq, previousHash });
  const address = erased ? null : personal.address;
  // Raw, for the client's own encoding of JSON loses a key named __proto__; one statement, for every write waits here.
  await tx.$executeRaw`
    with entry as (
      insert into audit_entries (seq, at, actor_id, actor_kind, token_id, action, resource_type, resource_id,
        before, after, request_id, previous_hash, hash)
      values (${seq}::int, ${at}::timestamptz, ${kept.actorId}, ${kept.actorKind}, ${kept.tokenId}, ${kept.action},
        ${kept.resourceType}, ${kept.resourceId}, ${jsonText(kept.before)}::jsonb, ${jsonText(kept.after)}::jsonb,
        ${kept.requestId}, ${previousHash}, ${hash})
      returning seq)
    insert into audit_personal (seq, person_ids, actor_name, address)
    select seq, ${personal.personIds}::text[], ${actorName}::text, ${address}::text from entry`;
}

/** Number and hash of the newest record; null while there is none. */
export function newestAudit(tx: Transaction): Promise<{ seq: number; hash: string } | null> {
  return tx.auditEntry.findFirst({ orderBy: { seq: "desc" }, select: { seq: true, hash: true } });
}

/** Up to `take` records after number `afterSeq`, oldest first, without what names persons. */
export async function findRecordsAfter(
  tx: Transaction,
  afterSeq: number,
  take: number,
): Promise<AuditRecord[]> {
  const rows = await tx.auditEntry.findMany({
    where: { seq: { gt: afterSeq } },
    orderBy: { seq: "asc" },
    take,
  });
  return rows.map((row) => ({ ...row, before: row.before as Json, after: row.after as Json }));
}

/** Which records are wanted; what is left out does not narrow. */
export interface AuditWanted {
  /** The actor's id, or a part of its name. */
  actor?: string;
  /** How the action begins, as in "person." */
  action?: string;
  /** A type, an id, or "type/id". */
  resource?: string;
  from?: Date;
  to?: Date;
}

/** A record with the names that are kept beside it. */
export interface NamedRecord extends AuditRecord {
  actorName: string | null;
  address: string | null;
}

/** What somebody typed, with the signs that LIKE gives a meaning taken literally. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function isActor(text: string): Prisma.AuditEntryWhereInput {
  const byName = { personal: { actorName: { contains: literal(text), mode: "insensitive" as const } } };
  return { OR: [{ actorId: text }, byName] };
}

function isResource(text: string): Prisma.AuditEntryWhereInput {
  const slash = text.indexOf("/");
  const both = { resourceType: text.slice(0, slash), resourceId: text.slice(slash + 1) };
  return { OR: [{ resourceType: text }, { resourceId: text }, ...(slash > 0 ? [both] : [])] };
}

function isWanted({ actor, action, resource, from, to }: AuditWanted): Prisma.AuditEntryWhereInput[] {
  return [
    ...(actor === undefined ? [] : [isActor(actor)]),
    ...(action === undefined ? [] : [{ action: { startsWith: literal(action) } }]),
    ...(resource === undefined ? [] : [isResource(resource)]),
    { at: { gte: from, lt: to } },
  ];
}

/** A part of the log: numbers beyond `after` oldest first, or below `before` newest first. */
type Part = { after: number; upTo: number } | { before?: number };

/** Up to `take` of the wanted records, each with its names. */
export async function findNamedRecords(
  tx: Transaction,
  wanted: AuditWanted,
  part: Part,
  take: number,
): Promise<NamedRecord[]> {
  const forward = "after" in part;
  const seq = forward ? { gt: part.after, lte: part.upTo } : { lt: part.before };
  const rows = await tx.auditEntry.findMany({
    where: { AND: [{ seq }, ...isWanted(wanted)] },
    include: { personal: { select: { actorName: true, address: true } } },
    orderBy: { seq: forward ? "asc" : "desc" },
    take,
  });
  return rows.map(({ personal, ...row }) => ({
    ...row,
    before: row.before as Json,
    after: row.after as Json,
    actorName: personal?.actorName ?? null,
    address: personal?.address ?? null,
  }));
}
