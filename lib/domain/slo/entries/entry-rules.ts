import { permits, type Principal } from "#lib/domain/access/permissions.ts";
import { type ExclusionWindow, isRetroactive } from "../time/exclusion-windows.ts";

/** What somebody adds to a ledger, as far as the rules go. */
export type EntryChange =
  { kind: "exclusion"; window: ExclusionWindow } | { kind: "correction" } | { kind: "note" };

/** An entry that was added. */
export interface AddedEntry {
  fact: EntryChange;
  authorId: string;
  state: "proposed" | "in_force" | "withdrawn";
}

/** Whether a fact changes figures of the past: a correction always does, an exclusion once it has begun. */
export function changesThePast(fact: EntryChange, nowMs: number): boolean {
  if (fact.kind === "note") return false;
  return fact.kind === "correction" || isRetroactive(fact.window, nowMs);
}

/**
 * Whether a second person must agree before a fact counts: where it changes the past, and for an exclusion
 * by who may not publish, for it silences alerts. A note counts nothing.
 */
export function needsSecondPerson(fact: EntryChange, author: Principal, nowMs: number): boolean {
  if (fact.kind === "note") return false;
  return changesThePast(fact, nowMs) || !permits(author, "slos:publish");
}

/** Why somebody may not agree to an entry; null when they may. A token is its owner. */
export function whyNotApprove(entry: AddedEntry, by: Principal): string | null {
  if (entry.state !== "proposed") return "It waits for nobody.";
  if (!permits(by, "slos:publish")) return "Agreeing needs the role product_owner or admin.";
  return entry.authorId === by.id ? "A second person has to agree: you wrote it." : null;
}

/**
 * Why somebody may not withdraw an entry; null when they may. A proposal and what lies ahead may be withdrawn by its
 * author too. What changed the past takes another person than its author to undo: withdrawing only
 * brings back what was measured, so their word is enough.
 */
export function whyNotWithdraw(entry: AddedEntry, by: Principal, nowMs: number): string | null {
  if (entry.state === "withdrawn") return "It is withdrawn already.";
  const own = entry.authorId === by.id;
  const counted = entry.state === "in_force" && changesThePast(entry.fact, nowMs);
  if (own && counted) return "It changed figures of the past: another person has to withdraw it.";
  if (own && permits(by, "slos:draft")) return null;
  if (permits(by, "slos:publish")) return null;
  return "Withdrawing what another person wrote needs the role product_owner or admin.";
}
