import "server-only";
import { type Postmortem, PublishPostmortem } from "#lib/contracts/postmortems.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import { markPublished, type PostmortemRecord } from "#lib/server/db/postmortem.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { changeThenShow } from "#lib/server/services/incidents/stale.ts";
import { requireOwnCourse } from "#lib/server/services/incidents/visibility.ts";
import { endLearning } from "./close.ts";
import { showPostmortem } from "./get.ts";
import { requireNewest } from "./save.ts";

/** Whoever wrote the newest version does not review it; admins may do without a second person. */
function requireReviewer(actor: Actor, { actorId }: PostmortemRecord): void {
  if (actorId !== actor.id || actor.roles.includes("admin")) return;
  throw new AppError("forbidden", "you wrote this version: a second person publishes it, or an admin");
}

/**
 * Publishes the newest version and closes the incident.
 * @throws `not_found`, `forbidden` for its writer, `conflict` for a stale version, a published one, an open incident
 */
export async function publishPostmortem(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ postmortem: Postmortem }> {
  authorize(actor, "incidents:write");
  const { id, version } = parseInput(PublishPostmortem, input);
  const publish = () =>
    transaction(async (tx) => {
      const incident = await requireOwnCourse(tx, id, actor);
      const newest = await requireNewest(tx, id, version);
      if (!newest) throw new AppError("not_found", `${id} has no post-mortem yet`);
      requireReviewer(actor, newest);
      if (newest.publishedAt && incident.closedAt)
        throw new AppError("conflict", `version ${version} is published already`);
      await endLearning(tx, incident, actor, { version, step: "published", reason: null });
      await markPublished(tx, id, version, new Date());
      await recordAudit(tx, actor, caller, {
        action: "postmortem.published",
        resource: { type: "incident", id },
        after: { version },
      });
    });
  return { postmortem: await changeThenShow(publish, () => showPostmortem(actor, id)) };
}
