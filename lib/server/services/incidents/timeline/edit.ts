import "server-only";
import { WrittenBody } from "#lib/contracts/incident-events.ts";
import { EditEvent, type TimelineEntry } from "#lib/contracts/incidents.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendEvents } from "#lib/server/db/incident-event.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireOwnCourse } from "../visibility.ts";
import { happenedAt, requireEntry } from "./write.ts";

type Edit = ReturnType<typeof EditEvent.parse>;

/** What people wrote may be edited; what happened by itself stands as it is, and only its pin changes. */
function requireWritten(entry: TimelineEntry): void {
  if (WrittenBody.safeParse(entry.body).success) return;
  throw new AppError("forbidden", "this entry was not written by a person: it may be pinned, not edited");
}

async function appendEdit(tx: Transaction, actor: Actor, entry: TimelineEntry, edit: Edit): Promise<void> {
  requireWritten(entry);
  const at = edit.at === undefined ? new Date(entry.at) : happenedAt(edit.at);
  const body = edit.body ?? entry.body;
  await appendEvents(tx, [{ incidentId: edit.id, at, actorId: actor.id, body, replaces: BigInt(entry.seq) }]);
}

async function appendPin(tx: Transaction, actor: Actor, entry: TimelineEntry, edit: Edit): Promise<void> {
  if (edit.pinned === undefined || edit.pinned === entry.pinned) return;
  const body = { kind: "pin", of: entry.seq, pinned: edit.pinned } as const;
  await appendEvents(tx, [{ incidentId: edit.id, at: new Date(), actorId: actor.id, body }]);
}

/**
 * Edits an entry in a new revision, or pins it; what it said before is kept.
 * @throws `not_found`, `forbidden` for what happened by itself, `conflict` with the entry as it is by now
 */
export async function editEvent(actor: Actor, input: unknown, caller: Caller): Promise<TimelineEntry> {
  authorize(actor, "incidents:write");
  const edit = parseInput(EditEvent, input);
  return transaction(async (tx) => {
    await requireOwnCourse(tx, edit.id, actor);
    const entry = await requireEntry(tx, edit.id, BigInt(edit.seq));
    if (entry.revision !== edit.revision)
      throw new AppError("conflict", "the entry was edited meanwhile", { current: entry });
    if (edit.body !== undefined || edit.at !== undefined) await appendEdit(tx, actor, entry, edit);
    await appendPin(tx, actor, entry, edit);
    const edited = await requireEntry(tx, edit.id, BigInt(edit.seq));
    await recordAudit(tx, actor, caller, {
      action: "incident.entry_edited",
      resource: { type: "incident", id: edit.id },
      after: { entry: edit.seq, revision: edited.revision, pinned: edited.pinned },
    });
    return edited;
  });
}
