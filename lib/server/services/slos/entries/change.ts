import "server-only";
import { type LedgerEntry, OneEntry } from "#lib/contracts/slo-entries.ts";
import type { AddedEntry } from "#lib/domain/slo/entries/entry-rules.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireSlo } from "../visibility.ts";
import { readEntry, requireEntry, stateOf } from "./to-entry.ts";

/** What becomes of an entry, and when it may. */
interface EntryChange {
  action: string;
  whyNot(entry: AddedEntry, now: Date): string | null;
  /** The state without which the change is nobody's fault but time's: 409, not 403. */
  isOver(state: AddedEntry["state"]): boolean;
  note(tx: Transaction, id: string, by: string, at: Date): Promise<boolean>;
}

/** Makes a change of an entry with its audit record. */
export async function changeEntry(
  actor: Actor,
  input: unknown,
  caller: Caller,
  what: EntryChange,
): Promise<LedgerEntry> {
  const { id: sloId, entry: id } = parseInput(OneEntry, input);
  const now = new Date();
  return transaction(async (tx) => {
    await requireSlo(tx, sloId, actor);
    const record = await requireEntry(tx, sloId, id);
    const state = stateOf(record);
    const why = what.whyNot({ fact: record.fact, authorId: record.actorId, state }, now);
    if (why !== null) throw new AppError(what.isOver(state) ? "conflict" : "forbidden", why);
    if (!(await what.note(tx, id, actor.id, now))) {
      throw new AppError("conflict", "another person was faster: the entry has changed");
    }
    await recordAudit(tx, actor, caller, {
      action: what.action,
      resource: { type: "slo", id: sloId },
      before: { entry: id, state },
      after: { entry: id, fact: record.fact },
    });
    return readEntry(tx, sloId, id);
  });
}
