import "server-only";
import { type ActionItem, PatchActionItem } from "#lib/contracts/postmortems-action-items.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type ActionItemRecord, changeActionItem, lockActionItem } from "#lib/server/db/action-item.repo.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requirePerson } from "#lib/server/services/incidents/known-person.ts";
import { incidentFilter } from "#lib/server/services/incidents/visibility.ts";
import { toActionItems } from "./to-action-item.ts";

async function requireItem(tx: Transaction, actor: Actor, id: string): Promise<ActionItemRecord> {
  const item = await lockActionItem(tx, id);
  if (item && (await incidentFilter(actor))(item.incident)) return item;
  throw new AppError("not_found", `there is no action item with the id ${JSON.stringify(id)}`);
}

async function shown(tx: Transaction, record: ActionItemRecord): Promise<ActionItem> {
  const [item] = await toActionItems(tx, [record], new Date());
  if (!item) throw new Error("an action item got lost");
  return item;
}

type Changes = Parameters<typeof changeActionItem>[2];

function changesOf(item: ActionItemRecord, { text, ownerId, dueAt, link, done }: PatchActionItem): Changes {
  const due = dueAt === undefined || dueAt === null ? dueAt : new Date(dueAt);
  const moved = due !== undefined && due?.getTime() !== item.dueAt?.getTime();
  return {
    ...{ text, ownerId, link },
    // Another date is another promise: whoever breaks that one is reminded too.
    ...(moved ? { dueAt: due, remindedAt: null } : {}),
    ...(done === undefined ? {} : { doneAt: done ? (item.doneAt ?? new Date()) : null }),
  };
}

/**
 * Changes an action item, or marks it done or not done.
 * @throws `not_found`, `invalid`, `conflict` with the item as it is by now
 */
export async function patchActionItem(actor: Actor, input: unknown, caller: Caller): Promise<ActionItem> {
  authorize(actor, "incidents:write");
  const patch = parseInput(PatchActionItem, input);
  return transaction(async (tx) => {
    const before = await requireItem(tx, actor, patch.item);
    if (before.version !== patch.version)
      throw new AppError("conflict", "the action item was changed meanwhile", {
        current: await shown(tx, before),
      });
    await requirePerson(tx, "ownerId", patch.ownerId);
    const item = await shown(tx, await changeActionItem(tx, before.id, changesOf(before, patch)));
    await recordAudit(tx, actor, caller, {
      action: "action_item.changed",
      resource: { type: "action_item", id: item.id },
      before: { ownerId: before.ownerId, dueAt: before.dueAt, doneAt: before.doneAt },
      after: { ownerId: item.owner?.id ?? null, dueAt: item.dueAt, doneAt: item.doneAt },
    });
    return item;
  });
}
