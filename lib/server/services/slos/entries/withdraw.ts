import "server-only";
import type { LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { whyNotWithdraw } from "#lib/domain/slo/entries/entry-rules.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { withdrawEntry as noteWithdrawal } from "#lib/server/db/slo-entry.repo.ts";
import type { Caller } from "#lib/server/handle.ts";
import { changeEntry } from "./change.ts";

/**
 * Withdraws an entry; it stays in the list, and figures are again as they were measured.
 * @throws `not_found`, `forbidden` for its author once it changed the past, `conflict` when it is withdrawn already
 */
export async function withdrawEntry(actor: Actor, input: unknown, caller: Caller): Promise<LedgerEntry> {
  authorize(actor, "slos:draft");
  return changeEntry(actor, input, caller, {
    action: "slo.entry_withdrawn",
    whyNot: (entry, now) => whyNotWithdraw(entry, actor, now.getTime()),
    isOver: (state) => state === "withdrawn",
    note: noteWithdrawal,
  });
}
