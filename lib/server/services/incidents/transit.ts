import "server-only";
import { type IncidentDetail, TransitIncident } from "#lib/contracts/incidents.ts";
import { whyNot } from "#lib/domain/incidents/lifecycle.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { courseOf, takeTransition } from "#lib/server/incidents/transition.ts";
import { showIncident } from "./show.ts";
import { changeThenShow, StaleError } from "./stale.ts";
import { requireOwnCourse } from "./visibility.ts";

/** Refuses a change that was made on a version which is not the current one any more. */
export function requireCurrent({ id, version: current }: IncidentRecord, version: number | undefined): void {
  if (version !== undefined && version !== current) throw new StaleError(`${id} was changed meanwhile`);
}

/** What the way of an incident allows and this address does not. */
const CLOSED_BY = "an incident is closed by publishing its post-mortem, or by waiving it";

/**
 * Moves an incident on its way, with the fact on its timeline.
 * @throws `not_found`, `conflict` with the current state when the transition is out of turn, and for closing: LEARN ends
 * with the post-mortem or its waiver
 */
export async function transitIncident(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ incident: IncidentDetail }> {
  authorize(actor, "incidents:write");
  const { id, transition, version, note } = parseInput(TransitIncident, input);
  const change = () =>
    transaction(async (tx) => {
      const incident = await requireOwnCourse(tx, id, actor);
      requireCurrent(incident, version);
      const refused = whyNot(courseOf(incident), transition) ?? (transition === "close" ? CLOSED_BY : null);
      if (refused !== null) throw new StaleError(refused);
      const by = { at: new Date(), actorId: actor.id, automatic: false, note };
      const changed = await takeTransition(tx, incident, transition, by);
      await recordAudit(tx, actor, caller, {
        action: `incident.${transition}`,
        resource: { type: "incident", id },
        before: { phase: incident.phase },
        after: { phase: changed.phase },
      });
    });
  return { incident: await changeThenShow(change, () => showIncident(actor, id)) };
}
