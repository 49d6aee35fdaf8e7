import "server-only";
import { EvaluateGate, type GateAnswer } from "#lib/contracts/gate.ts";
import { canonicalJson, storable } from "#lib/domain/audit/canonical-json.ts";
import { restate } from "#lib/domain/gate/restate.ts";
import { isVisible, unknownService } from "#lib/server/services/catalogue/visibility.ts";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import { read, type Transaction, transaction } from "#lib/server/db/client.ts";
import {
  changeRelease,
  findNewestRelease,
  lockCommit,
  OPEN_STATES,
  openRelease,
} from "#lib/server/db/release.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import {
  make,
  type Made,
  recordDecision,
  settleRelease,
  type StoredRequest,
} from "#lib/server/gate/decide-release.ts";
import { gatherFacts } from "#lib/server/gate/gather-facts.ts";
import { readGatePolicy } from "#lib/server/gate/policy-in-force.ts";
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
async function makeDecision(
  service: CatalogueService,
  { change, declaredRisk, lane, rejectedAtMs = null }: StoredRequest,
  of: Pick<EvaluateGate, "version" | "commit">,
): Promise<Made> {
  const policy = await readGatePolicy();
  const asked = { change, declaredRisk: declaredRisk ?? undefined, lane: lane ?? undefined, ...of };
  const past = { bridging: false, rejectedAtMs };
  return make(await gatherFacts(service, asked, policy.policy, past), policy, asked);
}

/** A version and commit that may go out, as somebody asks for it. */
export type Versioned = EvaluateGate & { version: string; commit: string };

/** What a commit is asked for with by now: nothing that was said of it before becomes milder, and a no stays said. */
async function restated(
  tx: Transaction,
  asked: Versioned,
): Promise<{ request: StoredRequest; isOpen: boolean }> {
  const { change, declaredRisk = null, lane = null } = asked;
  const newest = await findNewestRelease(tx, asked);
  if (newest === null) return { request: { change, declaredRisk, lane }, isOpen: false };
  const { release, rejectedAtMs } = newest;
  const before = release.request as unknown as StoredRequest;
  const request = restate(before, { change, declaredRisk, lane });
  const said = rejectedAtMs ?? before.rejectedAtMs ?? null;
  const isOpen = OPEN_STATES.includes(release.state);
  return { request: said === null ? request : { ...request, rejectedAtMs: said }, isOpen };
}

const sameRequest = (one: StoredRequest, other: StoredRequest) =>
  canonicalJson(storable(one)) === canonicalJson(storable(other));

/** As often as another may ask for the same commit between our reading and our writing. */
const TRIES = 3;

/**
 * Asks for a version unless somebody did, decides on all that was ever stated of its commit, writes the decision down
 * and lets it take effect.
 * @throws `unavailable`; `conflict` while others keep stating more of it
 */
export async function requestAndSettle(
  actor: Actor,
  caller: Pick<Caller, "requestId" | "address">,
  asked: Versioned,
  catalogued: CatalogueService,
): Promise<StoredDecision> {
  const { service, version, commit } = asked;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { request, isOpen } = await read((tx) => restated(tx, asked));
    const made = await makeDecision(catalogued, request, { version, commit });
    const record = await transaction(async (tx) => {
      await lockCommit(tx, asked);
      // Somebody stated more, or said no, while the facts were read: what was decided is of something else.
      const now = await restated(tx, asked);
      if (now.isOpen !== isOpen || !sameRequest(now.request, request)) return null;
      const wanted = { service, version, commit, request: { ...request }, requestedBy: actor.id };
      const { release, isNew } = await openRelease(tx, wanted);
      if (isNew && isOpen) throw new AppError("conflict", "somebody ended this release just now; ask again");
      const stated = sameRequest(release.request as unknown as StoredRequest, request)
        ? release
        : await changeRelease(tx, release.id, { request: { ...request } });
      const settled = await settleRelease(tx, stated, made, actor.id);
      if (isNew)
        await recordAudit(tx, actor, caller, {
          action: "release.requested",
          resource: { type: "release", id: release.id },
          after: { service, version, commit },
        });
      return settled.record;
    });
    if (record !== null) return record;
  }
  throw new AppError("conflict", "others are stating more of this commit just now; ask again");
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
  const { version, commit, change, declaredRisk = null, lane = null } = asked;
  if (version === undefined || commit === undefined) {
    const made = await makeDecision(service, { change, declaredRisk, lane }, {});
    return withHeaders(toAnswer(await recordDecision(made, actor.id)), caller);
  }
  const decided = await requestAndSettle(actor, caller, { ...asked, version, commit }, service);
  const answer = withHeaders(toAnswer(decided), caller);
  const undecided = answer.decision === "review" || answer.decision === "defer";
  if (!asked.wait || !undecided) return answer;
  caller.answerHeaders.set("location", `/api/v1/releases/${answer.releaseId}`);
  return Response.json(answer, { status: 202, headers: caller.answerHeaders });
}
