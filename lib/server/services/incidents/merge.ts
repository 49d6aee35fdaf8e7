import "server-only";
import { type IncidentDetail, MergeIncident } from "#lib/contracts/incidents.ts";
import { graver } from "#lib/domain/incidents/severity.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import {
  changeIncident,
  holdKey,
  type IncidentRecord,
  keysOf,
  lockAlerts,
  releaseKeys,
} from "#lib/server/db/incident.repo.ts";
import { moveOccurrences } from "#lib/server/db/occurrence.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { showIncident } from "./show.ts";
import { changeThenShow } from "./stale.ts";
import { requireCurrent } from "./transit.ts";
import { requireOwnCourse } from "./visibility.ts";

async function moveInto(tx: Transaction, from: IncidentRecord, into: IncidentRecord): Promise<void> {
  const keys = await keysOf(tx, from.id);
  await releaseKeys(tx, from.id);
  for (const key of keys) await holdKey(tx, key, into.id);
  await moveOccurrences(tx, from.id, into.id);
  await changeIncident(tx, from.id, {
    mergedInto: into.id,
    phase: "LEARN",
    resolvedAt: from.resolvedAt ?? new Date(),
  });
  const detectedAt = from.detectedAt < into.detectedAt ? from.detectedAt : into.detectedAt;
  await changeIncident(tx, into.id, { severity: graver(from.severity, into.severity), detectedAt });
}

/**
 * Makes an incident part of another one: its alerts, and those to come, belong to that one. Nothing of its own timeline
 * is lost. @throws `not_found`, `invalid`, `conflict` for one that is over
 */
export async function mergeIncident(
  actor: Actor,
  input: unknown,
  caller: Caller,
): Promise<{ incident: IncidentDetail }> {
  authorize(actor, "incidents:write");
  const { id, into, version } = parseInput(MergeIncident, input);
  if (id === into)
    throw new AppError("invalid", "into: an incident is not part of itself", {
      fields: [{ path: "into", message: "an incident is not part of itself" }],
    });
  const merge = () =>
    transaction(async (tx) => {
      await lockAlerts(tx);
      const from = await requireOwnCourse(tx, id, actor);
      const target = await requireOwnCourse(tx, into, actor);
      requireCurrent(from, version);
      if (target.phase === "LEARN") throw new AppError("conflict", `${into} is over: open it again first`);
      await moveInto(tx, from, target);
      const at = new Date();
      const body = { kind: "merged", from: id, into } as const;
      await appendEvents(
        tx,
        [id, into].map((incidentId) => ({ incidentId, at, actorId: actor.id, body })),
      );
      await recordAudit(tx, actor, caller, {
        action: "incident.merged",
        resource: { type: "incident", id },
        after: { into },
      });
    });
  return { incident: await changeThenShow(merge, () => showIncident(actor, into)) };
}
