import "server-only";
import type { AuditVerdict } from "#lib/contracts/audit.ts";
import { auditHash } from "#lib/server/audit/chain.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findSink } from "#lib/server/db/audit-sink.repo.ts";
import { findRecordsAfter } from "#lib/server/db/audit.repo.ts";
import { read } from "#lib/server/db/client.ts";
import type { Caller } from "#lib/server/handle.ts";
import { breakAfter, CHAIN_START, type ChainEnd } from "#lib/server/hash-chain.ts";

/** As many as are held in memory at a time. */
const BATCH = 1_000;

/** What was sent to the sink must still be there: a cut end is the one thing that a chain cannot show. */
async function cutEnd(end: ChainEnd): Promise<AuditVerdict["firstBroken"]> {
  const sink = await read(findSink);
  if (!sink || sink.sentSeq <= end.seq) return undefined;
  return { seq: end.seq + 1, why: `missing at the end: records up to ${sink.sentSeq} were sent to the sink` };
}

/**
 * Walks all records from the first: numbers without holes, each following from the one before it, each as
 * it was hashed. Names the first that is not, and answers the newest record's hash as `head`.
 */
export async function verifyAudit(
  actor: Actor,
  _input: unknown,
  caller: Pick<Caller, "signal">,
): Promise<AuditVerdict> {
  authorize(actor, "audit:read");
  let end: ChainEnd = { seq: 0, hash: CHAIN_START };
  for (;;) {
    caller.signal.throwIfAborted();
    const records = await read((tx) => findRecordsAfter(tx, end.seq, BATCH));
    for (const record of records) {
      const firstBroken = breakAfter(end, record, auditHash);
      if (firstBroken) return { ok: false, records: end.seq, head: headOf(end), firstBroken };
      end = { seq: record.seq, hash: record.hash };
    }
    if (records.length < BATCH) break;
  }
  const firstBroken = await cutEnd(end);
  const verdict = { ok: firstBroken === undefined, records: end.seq, head: headOf(end) };
  return firstBroken === undefined ? verdict : { ...verdict, firstBroken };
}

function headOf(end: ChainEnd): string | null {
  return end.seq === 0 ? null : end.hash;
}
