import "server-only";
import { type Postmortem, SavePostmortem } from "#lib/contracts/postmortems.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { addPostmortem, findPostmortems, type PostmortemRecord } from "#lib/server/db/postmortem.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireOwnCourse } from "#lib/server/services/incidents/visibility.ts";
import { toPostmortem } from "./to-postmortem.ts";

/** The newest version, if it is the one that was read. @throws `conflict` with the current post-mortem */
export async function requireNewest(
  tx: Transaction,
  incident: IncidentRecord,
  version: number,
): Promise<PostmortemRecord | null> {
  const [newest = null] = await findPostmortems(tx, incident.id);
  if ((newest?.version ?? 0) === version) return newest;
  throw new AppError("conflict", "the post-mortem was saved by somebody else meanwhile", {
    current: await toPostmortem(tx, incident),
  });
}

/**
 * Saves a post-mortem in a new version; the first one is a fact of the timeline.
 * @throws `not_found`, `invalid`, `conflict` with the current post-mortem for an edit of an earlier version
 */
export async function savePostmortem(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ postmortem: Postmortem }> {
  authorize(actor, "incidents:write");
  const { id, version, sections, ready } = parseInput(SavePostmortem, input);
  return transaction(async (tx) => {
    const incident = await requireOwnCourse(tx, id, actor);
    const before = await requireNewest(tx, incident, version);
    const saved = version + 1;
    const at = new Date();
    await addPostmortem(tx, { incidentId: id, version: saved, sections, ready, actorId: actor.id, at });
    if (!before) {
      const body = { kind: "postmortem", version: saved, step: "drafted", reason: null } as const;
      await appendEvents(tx, [{ incidentId: id, at, actorId: actor.id, body }]);
    }
    const postmortem = await toPostmortem(tx, incident);
    await recordAudit(tx, actor, caller, {
      action: "postmortem.saved",
      resource: { type: "incident", id },
      after: { version: saved, ready },
    });
    return { postmortem };
  });
}
