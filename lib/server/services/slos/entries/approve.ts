import "server-only";
import type { LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { whyNotApprove } from "#lib/domain/slo/entries/entry-rules.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { approveEntry as noteApproval } from "#lib/server/db/slo-entry.repo.ts";
import type { Caller } from "#lib/server/handle.ts";
import { changeEntry } from "./change.ts";

/**
 * Agrees to an entry as the second person; it counts from the next evaluation on.
 * @throws `not_found`, `forbidden` for its author, `conflict` when it waits no longer
 */
export async function approveEntry(actor: Actor, input: unknown, caller: Caller): Promise<LedgerEntry> {
  authorize(actor, "slos:publish");
  return changeEntry(actor, input, caller, {
    action: "slo.entry_approved",
    whyNot: (entry) => whyNotApprove(entry, actor),
    isOver: (state) => state !== "proposed",
    note: noteApproval,
  });
}
