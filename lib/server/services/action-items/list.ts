import "server-only";
import { type ActionItem, ListActionItems } from "#lib/contracts/postmortems-action-items.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { findActionItems } from "#lib/server/db/action-item.repo.ts";
import { read } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import { incidentFilter } from "#lib/server/services/incidents/visibility.ts";
import { toActionItems } from "./to-action-item.ts";

/** What is to be done after the incidents that the actor may see: open ones first, by when they are due. */
export async function listActionItems(actor: Actor, input: unknown): Promise<{ actionItems: ActionItem[] }> {
  authorize(actor, "incidents:read");
  const query = parseInput(ListActionItems, input);
  const isVisible = await incidentFilter(actor);
  const now = new Date();
  return read(async (tx) => {
    const found = (await findActionItems(tx, { ...query, now })).filter(({ incident }) =>
      isVisible(incident),
    );
    return { actionItems: await toActionItems(tx, found, now) };
  });
}
