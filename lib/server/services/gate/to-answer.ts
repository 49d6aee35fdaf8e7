import "server-only";
import type { GateAnswer } from "#lib/contracts/gate.ts";
import type { Verdict } from "#lib/domain/gate/decide.ts";
import type { GateFacts } from "#lib/domain/gate/facts.ts";
import type { StoredDecision } from "#lib/server/gate/record-hash.ts";

/** What an evaluation's record keeps; written by the gate alone. */
export interface EvaluationBody {
  request: { version?: string; commit?: string };
  facts: GateFacts;
  policy: { version: number; hash: string };
  verdict: Verdict;
}

/** The body of an evaluation's record. */
export function evaluationOf({ body }: StoredDecision): EvaluationBody {
  return body as unknown as EvaluationBody;
}

/** An evaluation's record as the gate answers it. */
export function toAnswer(record: StoredDecision): GateAnswer {
  const { request, facts, policy, verdict } = evaluationOf(record);
  const { lane } = facts;
  return {
    decision: verdict.decision,
    status: verdict.status,
    risk: verdict.risk.effective,
    score: verdict.risk,
    rationale: verdict.rationale,
    conditions: verdict.conditions,
    alternatives: verdict.alternatives,
    inputs: { ...facts },
    lane: lane && { kind: lane.lane, used: verdict.laneUsed, refusedBecause: lane.refusedBecause },
    service: record.service,
    version: request.version ?? null,
    commit: request.commit ?? null,
    policyVersion: policy.version,
    decidedAt: record.at.toISOString(),
    recordId: record.id,
    seq: record.seq,
    hash: record.hash,
    releaseId: record.releaseId,
  };
}
