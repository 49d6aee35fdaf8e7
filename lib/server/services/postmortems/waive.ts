import "server-only";
import { type Postmortem, WaivePostmortem } from "#lib/contracts/postmortems.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireOwnCourse } from "#lib/server/services/incidents/visibility.ts";
import { endLearning } from "./close.ts";
import { showPostmortem } from "./get.ts";

/**
 * Closes an incident without a post-mortem.
 * @throws `not_found`, `invalid` without a reason, `forbidden` where one is required and the actor is no admin,
 * `conflict` for an open incident, or one that is closed already
 */
export async function waivePostmortem(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ postmortem: Postmortem }> {
  authorize(actor, "incidents:write");
  const { id, reason } = parseInput(WaivePostmortem, input);
  // Summed up before anything is locked: what it spent is of the past.
  const { required, version } = await showPostmortem(actor, id);
  if (required && !actor.roles.includes("admin"))
    throw new AppError(
      "forbidden",
      "it spent more than 20 % of a budget: only an admin may waive its post-mortem",
    );
  await transaction(async (tx) => {
    const incident = await requireOwnCourse(tx, id, actor);
    if (incident.closedAt !== null) throw new AppError("conflict", `${id} is closed already`);
    await endLearning(tx, incident, actor, { version, step: "waived", reason });
    await recordAudit(tx, actor, caller, {
      action: "postmortem.waived",
      resource: { type: "incident", id },
      after: { required },
    });
  });
  return { postmortem: await showPostmortem(actor, id) };
}
