import "server-only";
import { randomUUID } from "node:crypto";
import { type ActionItem, CreateActionItem } from "#lib/contracts/postmortems-action-items.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { addActionItem } from "#lib/server/db/action-item.repo.ts";
import { transaction } from "#lib/server/db/client.ts";
import { parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requirePerson } from "#lib/server/services/incidents/known-person.ts";
import { requireOwnCourse } from "#lib/server/services/incidents/visibility.ts";
import { toActionItems } from "./to-action-item.ts";

/** Adds an action item to an incident. @throws `not_found`, `invalid` */
export async function createActionItem(actor: Actor, input: unknown, caller: Caller): Promise<ActionItem> {
  authorize(actor, "incidents:write");
  const { incident, text, ownerId, dueAt, link } = parseInput(CreateActionItem, input);
  return transaction(async (tx) => {
    const { id: incidentId } = await requireOwnCourse(tx, incident, actor);
    await requirePerson(tx, "ownerId", ownerId);
    const due = dueAt === null ? null : new Date(dueAt);
    const added = await addActionItem(tx, {
      ...{ id: randomUUID(), incidentId, text, ownerId, link },
      dueAt: due,
    });
    const [item] = await toActionItems(tx, [added], new Date());
    if (!item) throw new Error("an action item got lost");
    await recordAudit(tx, actor, caller, {
      action: "action_item.created",
      resource: { type: "action_item", id: item.id },
      after: { incident, ownerId, dueAt, link },
    });
    return item;
  });
}
