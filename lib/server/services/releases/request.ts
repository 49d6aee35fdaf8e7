import "server-only";
import { type ReleaseDetail, RequestRelease } from "#lib/contracts/releases.ts";
import { EvaluateGate } from "#lib/contracts/gate.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requestAndSettle, requireService } from "#lib/server/services/gate/evaluate.ts";
import { getRelease } from "./get.ts";

/**
 * Asks for a release and has the gate decide on it. The open release of that version is the same one, asked for again.
 * @throws `not_found`, `invalid`, `unavailable`
 */
export async function requestRelease(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ release: ReleaseDetail }> {
  authorize(actor, "releases:write");
  const { version, commit, ...rest } = parseInput(RequestRelease, input);
  const asked = { ...EvaluateGate.parse({ ...rest, version, commit }), version, commit };
  const service = await requireService(actor, asked.service);
  const { releaseId } = await requestAndSettle(actor, caller, asked, service);
  return getRelease(actor, { id: releaseId });
}
