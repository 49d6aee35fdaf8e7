import "server-only";
import { type Postmortem, SavePostmortem } from "#lib/contracts/postmortems.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { addPostmortem, findPostmortems, type PostmortemRecord } from "#lib/server/db/postmortem.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { changeThenShow, StaleError } from "#lib/server/services/incidents/stale.ts";
import { requireOwnCourse } from "#lib/server/services/incidents/visibility.ts";
import { showPostmortem } from "./get.ts";

/** The newest version, if it is the one that was read. Refused it is stale. */
export async function requireNewest(
  tx: Transaction,
  incidentId: string,
  version: number,
): Promise<PostmortemRecord | null> {
  const [newest = null] = await findPostmortems(tx, incidentId);
  if ((newest?.version ?? 0) === version) return newest;
  throw new StaleError("the post-mortem was saved by somebody else meanwhile");
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
  const save = () =>
    transaction(async (tx) => {
      await requireOwnCourse(tx, id, actor);
      const before = await requireNewest(tx, id, version);
      const saved = version + 1;
      const at = new Date();
      await addPostmortem(tx, { incidentId: id, version: saved, sections, ready, actorId: actor.id, at });
      if (!before) {
        const body = { kind: "postmortem", version: saved, step: "drafted", reason: null } as const;
        await appendEvents(tx, [{ incidentId: id, at, actorId: actor.id, body }]);
      }
      await recordAudit(tx, actor, caller, {
        action: "postmortem.saved",
        resource: { type: "incident", id },
        after: { version: saved, ready },
      });
    });
  return { postmortem: await changeThenShow(save, () => showPostmortem(actor, id)) };
}
