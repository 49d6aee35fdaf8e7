import { z } from "zod";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { GateAnswer } from "#lib/contracts/gate.ts";

const { decision, status, score, rationale, conditions, alternatives } = GateAnswer.shape;
/** What the record of an evaluation keeps of the answer. */
const Evaluation = z.object({
  request: z.object({ version: z.string().optional(), commit: z.string().optional() }),
  facts: z.record(z.string(), z.unknown()),
  policy: z.object({ version: z.int() }),
  verdict: z.object({ decision, status, risk: score, rationale, conditions, alternatives }),
});

/** The answer that a record keeps; null for a record of something else. */
export function answerOf(record: DecisionRecord): GateAnswer | null {
  const parsed = Evaluation.safeParse(record.body);
  if (!parsed.success) return null;
  const { request, facts, policy, verdict } = parsed.data;
  const { at, id, seq, hash, service, releaseId } = record;
  const { risk, ...said } = verdict;
  return {
    ...said,
    risk: risk.effective,
    score: risk,
    inputs: facts,
    // Whether a lane held stands in the rationale.
    lane: null,
    service,
    version: request.version ?? null,
    commit: request.commit ?? null,
    policyVersion: policy.version,
    decidedAt: at,
    recordId: id,
    seq,
    hash,
    releaseId,
  };
}
