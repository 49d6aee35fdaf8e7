import "server-only";
import { randomUUID } from "node:crypto";
import type { DecisionKind } from "#lib/contracts/decisions.ts";
import { type Json, storable } from "#lib/domain/audit/canonical-json.ts";
import type { Decision } from "#lib/domain/gate/decision.ts";
import { decisionHash, type StoredDecision } from "#lib/server/gate/record-hash.ts";
import { CHAIN_START } from "#lib/server/hash-chain.ts";
import type { Transaction } from "./client.ts";
import type { DecisionRecord, Prisma } from "./generated/client.ts";

/** Any fixed number; whoever appends holds this lock until its transaction ends. */
const CHAIN_LOCK = 727_601;

export interface NewDecision {
  kind: DecisionKind;
  service: string;
  releaseId: string | null;
  actorId: string;
  decision: Decision | null;
  body: unknown;
  at: Date;
}

const toStored = (row: DecisionRecord): StoredDecision => ({
  ...row,
  decision: row.decision as Decision | null,
  body: row.body as Json,
});

/** Links facts behind the newest record, in their order. */
function linked(
  facts: readonly NewDecision[],
  last: Pick<StoredDecision, "seq" | "hash"> | null,
): StoredDecision[] {
  let { seq, hash: previousHash } = last ?? { seq: 0, hash: CHAIN_START };
  return facts.map((fact) => {
    const record = { ...fact, body: storable(fact.body), id: randomUUID(), seq: (seq += 1), previousHash };
    previousHash = decisionHash(record);
    return { ...record, hash: previousHash };
  });
}

/**
 * Appends records behind the newest one, in their order; numbers have no holes. Lock order: a release's row, then this,
 * then audit.
 */
export async function appendDecisions(
  tx: Transaction,
  facts: readonly NewDecision[],
): Promise<StoredDecision[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${CHAIN_LOCK}::bigint)`;
  const last = await tx.decisionRecord.findFirst({
    orderBy: { seq: "desc" },
    select: { seq: true, hash: true },
  });
  const records = linked(facts, last);
  const column = <K extends keyof StoredDecision>(name: K) => records.map((record) => record[name]);
  const bodies = records.map(({ body }) => JSON.stringify(body));
  // Raw, for the client's own encoding of JSON loses a key named __proto__.
  await tx.$executeRaw`
    insert into decision_records (seq, id, at, kind, service, release_id, actor_id, decision, body, previous_hash, hash)
    select * from unnest(${column("seq")}::int[], ${column("id")}::text[], ${column("at")}::timestamptz[],
      ${column("kind")}::text[], ${column("service")}::text[], ${column("releaseId")}::text[],
      ${column("actorId")}::text[], ${column("decision")}::text[], ${bodies}::jsonb[],
      ${column("previousHash")}::text[], ${column("hash")}::text[])`;
  return records;
}

/** Appends one record behind the newest. */
export async function appendDecision(tx: Transaction, fact: NewDecision): Promise<StoredDecision> {
  const [record] = await appendDecisions(tx, [fact]);
  if (!record) throw new Error("a record was appended, and is not there");
  return record;
}

/** Up to `take` records after number `afterSeq`, oldest first. */
export async function findDecisionsAfter(
  tx: Transaction,
  afterSeq: number,
  take: number,
): Promise<StoredDecision[]> {
  const rows = await tx.decisionRecord.findMany({
    where: { seq: { gt: afterSeq } },
    orderBy: { seq: "asc" },
    take,
  });
  return rows.map(toStored);
}

export interface DecisionsWanted {
  service?: string;
  /** Only of these services; for whoever does not see all. */
  services?: readonly string[];
  releaseId?: string;
  kind?: DecisionKind;
  decision?: Decision;
  from?: Date;
  to?: Date;
}

function whereWanted({ from, to, services, ...equal }: DecisionsWanted): Prisma.DecisionRecordWhereInput {
  const visible = services === undefined ? {} : { service: { in: [...services] } };
  return { AND: [equal, visible, { at: { gte: from, lt: to } }] };
}

/** Up to `take` of the wanted records before number `beforeSeq`, newest first. */
export async function findDecisionPage(
  tx: Transaction,
  wanted: DecisionsWanted,
  { beforeSeq, take }: { beforeSeq?: number; take: number },
): Promise<StoredDecision[]> {
  const where = { AND: [whereWanted(wanted), { seq: { lt: beforeSeq } }] };
  return (await tx.decisionRecord.findMany({ where, orderBy: { seq: "desc" }, take })).map(toStored);
}

/** Up to `take` of the wanted records behind number `after` and up to `upTo`, oldest first. */
export async function findDecisionsBetween(
  tx: Transaction,
  wanted: DecisionsWanted,
  { after, upTo, take }: { after: number; upTo: number; take: number },
): Promise<StoredDecision[]> {
  const where = { AND: [whereWanted(wanted), { seq: { gt: after, lte: upTo } }] };
  return (await tx.decisionRecord.findMany({ where, orderBy: { seq: "asc" }, take })).map(toStored);
}

/** The number of the newest record; 0 without any. */
export async function newestDecision(tx: Transaction): Promise<number> {
  return (await tx.decisionRecord.aggregate({ _max: { seq: true } }))._max.seq ?? 0;
}

/** One record by its id. */
export async function findDecision(tx: Transaction, id: string): Promise<StoredDecision | null> {
  const row = await tx.decisionRecord.findUnique({ where: { id } });
  return row && toStored(row);
}

/** What lists show of an evaluation. */
export interface VerdictBrief {
  seq: number;
  status: string;
  risk: string;
  because: string | null;
  /** The lane that made it a review; null where none did. */
  lane: string | null;
}

/** Evaluations by their numbers, without the facts they were made of. */
export async function findVerdictBriefs(
  tx: Transaction,
  seqs: readonly number[],
): Promise<Map<number, VerdictBrief>> {
  const rows = await tx.$queryRaw<VerdictBrief[]>`
    select seq, body #>> '{verdict,status}' as status, body #>> '{verdict,risk,effective}' as risk,
      body #>> '{verdict,rationale,0}' as because,
      case when (body #>> '{verdict,laneUsed}')::boolean then body #>> '{facts,lane,lane}' end as lane
    from decision_records where seq = any(${[...seqs]}::int[]) and kind = 'evaluation'`;
  return new Map(rows.map((row) => [row.seq, row]));
}

/** A record by its number. */
export async function findDecisionBySeq(tx: Transaction, seq: number): Promise<StoredDecision | null> {
  const row = await tx.decisionRecord.findUnique({ where: { seq } });
  return row && toStored(row);
}
