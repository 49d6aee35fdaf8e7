import "server-only";
import type { ListDecisions } from "#lib/contracts/decisions.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { DecisionsWanted } from "#lib/server/db/decision.repo.ts";
import { visibleServices } from "./visibility.ts";

/** The records that a filter asks for, of those that the actor may see. */
export async function wantedBy(
  actor: Actor,
  { from, to, release, ...equal }: Omit<ListDecisions, "cursor">,
): Promise<DecisionsWanted> {
  const services = await visibleServices(actor);
  return {
    ...equal,
    ...(release === undefined ? {} : { releaseId: release }),
    ...(services === null ? {} : { services }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
}
