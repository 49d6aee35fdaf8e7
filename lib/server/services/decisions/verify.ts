import "server-only";
import type { DecisionsVerdict } from "#lib/contracts/decisions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { findDecisionsAfter } from "#lib/server/db/decision.repo.ts";
import { newestDecisionNamed } from "#lib/server/db/release.repo.ts";
import { decisionHash } from "#lib/server/gate/record-hash.ts";
import type { Caller } from "#lib/server/handle.ts";
import { breakAfter, CHAIN_START, type ChainEnd } from "#lib/server/hash-chain.ts";

/** As many as are held in memory at a time; a record may be large. */
const BATCH = 200;

/** Walks all records from the first, and names the first that is not what was written. */
export async function verifyDecisions(
  actor: Actor,
  _input: unknown,
  caller: Pick<Caller, "signal">,
): Promise<DecisionsVerdict> {
  authorize(actor, "releases:read");
  let end: ChainEnd = { seq: 0, hash: CHAIN_START };
  const verdict = () => ({ records: end.seq, head: end.seq === 0 ? null : end.hash });
  for (;;) {
    caller.signal.throwIfAborted();
    const records = await read((tx) => findDecisionsAfter(tx, end.seq, BATCH));
    for (const record of records) {
      const firstBroken = breakAfter(end, record, decisionHash);
      if (firstBroken) return { ok: false, ...verdict(), firstBroken };
      end = { seq: record.seq, hash: record.hash };
    }
    if (records.length < BATCH) break;
  }
  const firstBroken = await cutEnd(end);
  return firstBroken ? { ok: false, ...verdict(), firstBroken } : { ok: true, ...verdict() };
}

/** A cut end is what a chain cannot show by itself; a release that names a record beyond it can. */
async function cutEnd({ seq }: ChainEnd): Promise<DecisionsVerdict["firstBroken"]> {
  const named = await read(newestDecisionNamed);
  if (named === null || named <= seq) return undefined;
  return { seq: seq + 1, why: `missing at the end: a release names record ${named}` };
}
