import "server-only";
import { type ReleaseDetail, WithdrawRelease } from "#lib/contracts/releases.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import { changeRelease, OPEN_STATES } from "#lib/server/db/release.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { toDetail } from "./to-release.ts";
import { requireLocked } from "./visibility.ts";

/** Takes a request back before it goes out. @throws `not_found`, `conflict` for one that is out or over */
export async function withdrawRelease(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ release: ReleaseDetail }> {
  authorize(actor, "releases:write");
  const { id, reason } = parseInput(WithdrawRelease, input);
  return transaction(async (tx) => {
    const release = await requireLocked(tx, id, actor);
    if (!OPEN_STATES.includes(release.state) || release.state === "deploying")
      throw new AppError("conflict", `it is ${release.state.replace("_", " ")} already`, {
        current: { state: release.state },
      });
    await appendDecision(tx, {
      kind: "withdrawal",
      service: release.service,
      releaseId: id,
      actorId: actor.id,
      decision: release.decision,
      at: new Date(),
      body: { reason, state: release.state, commit: release.commit },
    });
    const withdrawn = await changeRelease(tx, id, {
      state: "withdrawn",
      leaseUntil: null,
      leaseBasis: null,
      askAgainAt: null,
    });
    const detail = await toDetail(tx, actor, withdrawn);
    await recordAudit(tx, actor, caller, {
      action: "release.withdrawn",
      resource: { type: "release", id },
      before: { state: release.state },
      after: { state: "withdrawn", reason },
    });
    return { release: detail };
  });
}
