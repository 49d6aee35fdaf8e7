import "server-only";
import type { DecisionKind } from "#lib/contracts/decisions.ts";
import type { ReleaseState } from "#lib/contracts/releases.ts";
import type { Transaction } from "./client.ts";

/** A record of the gate as far as people are told of it: without its facts and proof. */
export interface GateFact {
  seq: number;
  at: Date;
  kind: DecisionKind;
  service: string;
  releaseId: string | null;
  actorId: string;
  /** Where it left its release, and where that was before; null where it says neither. */
  state: ReleaseState | null;
  was: ReleaseState | null;
  because: string | null;
  /** Of what went out. */
  version: string | null;
}

/** The records after a number, in the order they were written down. */
export function findGateFactsAfter(tx: Transaction, after: number, take: number): Promise<GateFact[]> {
  return tx.$queryRaw<GateFact[]>`
    select seq, at, kind, service, release_id as "releaseId", actor_id as "actorId",
      coalesce(body #>> '{moved,to}', body->>'state') as state, body #>> '{moved,from}' as was,
      coalesce(body #>> '{verdict,rationale,0}', body->>'because') as because,
      body->>'version' as version
    from decision_records where seq > ${after}::int order by seq limit ${take}::int`;
}
