import "server-only";
import { type IncidentDetail, TransitIncident } from "#lib/contracts/incidents.ts";
import { whyNot } from "#lib/domain/incidents/lifecycle.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { courseOf, takeTransition } from "#lib/server/incidents/transition.ts";
import { toDetail } from "./to-detail.ts";
import { requireOwnCourse } from "./visibility.ts";

/** Refuses a change that was made on a version which is not the current one any more. */
export async function requireCurrent(
  tx: Transaction,
  incident: IncidentRecord,
  version: number | undefined,
): Promise<void> {
  if (version === undefined || version === incident.version) return;
  throw new AppError("conflict", `${incident.id} was changed meanwhile`, {
    current: await toDetail(tx, incident),
  });
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
  return transaction(async (tx) => {
    const incident = await requireOwnCourse(tx, id, actor);
    await requireCurrent(tx, incident, version);
    const refused = whyNot(courseOf(incident), transition) ?? (transition === "close" ? CLOSED_BY : null);
    if (refused !== null) throw new AppError("conflict", refused, { current: await toDetail(tx, incident) });
    const by = { at: new Date(), actorId: actor.id, automatic: false, note };
    const changed = await takeTransition(tx, incident, transition, by);
    const detail = await toDetail(tx, changed);
    await recordAudit(tx, actor, caller, {
      action: `incident.${transition}`,
      resource: { type: "incident", id },
      before: { phase: incident.phase },
      after: { phase: changed.phase },
    });
    return { incident: detail };
  });
}
