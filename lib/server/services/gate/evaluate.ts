import "server-only";
import { EvaluateGate, type GateAnswer } from "#lib/contracts/gate.ts";
import { isVisible, unknownService } from "#lib/server/services/catalogue/visibility.ts";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import { read, transaction } from "#lib/server/db/client.ts";
import { openRelease } from "#lib/server/db/release.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import { make, type Made, recordEvaluation, settleRelease } from "#lib/server/gate/decide-release.ts";
import { gatherFacts } from "#lib/server/gate/gather-facts.ts";
import { gatePolicyInForce } from "#lib/server/gate/policy-in-force.ts";
import type { StoredDecision } from "#lib/server/gate/record-hash.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { toAnswer } from "./to-answer.ts";

/** A service that the actor may see. @throws `not_found` */
export async function requireService(actor: Actor, name: string): Promise<CatalogueService> {
  const found = (await readCatalogue()).find((service) => service.name === name);
  if (!found || !isVisible(found, actor)) throw unknownService(name);
  return found;
}

/** Decides on a request, without writing anything down. @throws `unavailable` */
export async function makeDecision(service: CatalogueService, request: EvaluateGate): Promise<Made> {
  const policy = await read(gatePolicyInForce);
  const { change, declaredRisk, lane, version, commit } = request;
  const asked = { change, declaredRisk, lane, version, commit };
  return make(await gatherFacts(service, asked, policy.policy), policy, asked);
}

/** Asks for a version unless somebody did, writes the decision down and lets it take effect. */
export async function requestAndSettle(
  actor: Actor,
  caller: Pick<Caller, "requestId" | "address">,
  asked: EvaluateGate & { version: string; commit: string },
  made: Made,
): Promise<StoredDecision> {
  const { service, version, commit, change, declaredRisk, lane } = asked;
  const request = { change, declaredRisk: declaredRisk ?? null, lane: lane ?? null };
  return transaction(async (tx) => {
    const wanted = { service, version, commit, request, requestedBy: actor.id };
    const { release, isNew } = await openRelease(tx, wanted);
    const { record } = await settleRelease(tx, release, made, actor.id);
    if (isNew)
      await recordAudit(tx, actor, caller, {
        action: "release.requested",
        resource: { type: "release", id: release.id },
        after: { service, version, commit },
      });
    return record;
  });
}

/** Says the decision in headers too: public/gate.sh reads no JSON, and no text in a body can pass for a header. */
function withHeaders(answer: GateAnswer, { answerHeaders }: Caller): GateAnswer {
  answerHeaders.set("x-burnline-decision", answer.decision);
  answerHeaders.set("x-burnline-status", answer.status);
  if (answer.releaseId !== null) answerHeaders.set("x-burnline-release", answer.releaseId);
  return answer;
}

/**
 * May this go out now? Decides, writes the decision down and answers it; with a version it is also asked for, so that
 * people can approve it. With `wait` an undecided one answers 202 and where to look.
 * @throws `not_found`, `invalid`, `unavailable` when the database is out of reach: then nothing is approved
 */
export async function evaluateGate(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<GateAnswer | Response> {
  authorize(actor, "gate:ask");
  const asked = parseInput(EvaluateGate, input);
  const service = await requireService(actor, asked.service);
  const made = await makeDecision(service, asked);
  const { version, commit } = asked;
  if (version === undefined || commit === undefined) {
    const whose = { releaseId: null, actorId: actor.id };
    return withHeaders(toAnswer(await transaction((tx) => recordEvaluation(tx, made, whose))), caller);
  }
  const decided = await requestAndSettle(actor, caller, { ...asked, version, commit }, made);
  const answer = withHeaders(toAnswer(decided), caller);
  const undecided = answer.decision === "review" || answer.decision === "defer";
  if (!asked.wait || !undecided) return answer;
  caller.answerHeaders.set("location", `/api/v1/releases/${answer.releaseId}`);
  return Response.json(answer, { status: 202, headers: caller.answerHeaders });
}
