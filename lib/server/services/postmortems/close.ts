import "server-only";
import { whyNot } from "#lib/domain/incidents/lifecycle.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { courseOf, takeTransition } from "#lib/server/incidents/transition.ts";

/** How LEARN ends. */
interface Ending {
  version: number;
  step: "published" | "waived";
  reason: string | null;
}

/**
 * Ends an incident with its post-mortem or the waiver of it, both on its timeline; one that is closed stays so.
 * @throws `conflict` while it is not resolved
 */
export async function endLearning(
  tx: Transaction,
  incident: IncidentRecord,
  actor: Actor,
  ending: Ending,
): Promise<void> {
  const at = new Date();
  const refused = incident.closedAt === null ? whyNot(courseOf(incident), "close") : null;
  if (refused !== null) throw new AppError("conflict", `${incident.id} is not resolved yet: ${refused}`);
  const body = { kind: "postmortem", ...ending } as const;
  await appendEvents(tx, [{ incidentId: incident.id, at, actorId: actor.id, body }]);
  if (incident.closedAt !== null) return;
  await takeTransition(tx, incident, "close", { at, actorId: actor.id, automatic: false, note: null });
}
