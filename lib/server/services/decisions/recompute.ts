import "server-only";
import { OneDecision, type Recomputed } from "#lib/contracts/decisions.ts";
import { canonicalJson, type Json, storable } from "#lib/domain/audit/canonical-json.ts";
import { decide, substanceOf } from "#lib/domain/gate/decide.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { read } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { gatePolicyOf } from "#lib/server/gate/policy-in-force.ts";
import { evaluationOf } from "#lib/server/services/gate/to-answer.ts";
import { requireDecision } from "./visibility.ts";

/** The members in which two verdicts differ, words aside. */
function differences(recorded: Json, recomputed: Json): string[] {
  const one = recorded as Record<string, Json>;
  const other = recomputed as Record<string, Json>;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const text = (value: Json | undefined) => (value === undefined ? "" : canonicalJson(value));
  return names.filter((name) => text(one[name]) !== text(other[name])).sort();
}

/** Decides once more on the recorded facts, under the policy of then. @throws `not_found`, `invalid` for other records */
export function recomputeDecision(actor: Actor, input: unknown): Promise<Recomputed> {
  authorize(actor, "releases:read");
  const { record: id } = parseInput(OneDecision, input);
  return read(async (tx) => {
    const record = await requireDecision(tx, id, actor);
    if (record.kind !== "evaluation")
      throw new AppError("invalid", `the record is an ${record.kind}, not an evaluation`);
    const { facts, policy, verdict } = evaluationOf(record);
    const then = await gatePolicyOf(tx, policy.version);
    if (!then) throw new AppError("not_found", `policy version ${policy.version} is not there any more`);
    const again = decide(facts, then.policy);
    const found = differences(storable(substanceOf(verdict)), storable(substanceOf(again)));
    if (then.hash !== policy.hash) found.unshift("policy");
    return {
      same: found.length === 0,
      recorded: verdict.decision,
      recomputed: again.decision,
      differences: found,
      reworded: canonicalJson(storable(verdict.rationale)) !== canonicalJson(storable(again.rationale)),
    };
  });
}
