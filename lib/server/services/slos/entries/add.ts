import "server-only";
import { randomUUID } from "node:crypto";
import { CreateEntry, type EntryFact, type LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { checkEntry } from "#lib/domain/slo/entries/check-entry.ts";
import { needsSecondPerson } from "#lib/domain/slo/entries/entry-rules.ts";
import { WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { prefixOf, sumBetween } from "#lib/domain/slo/slots/prefix.ts";
import { slotsOutward } from "#lib/domain/slo/slots/slot.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import type { SloRecord } from "#lib/server/db/slo.repo.ts";
import { appendEntry, findEntries } from "#lib/server/db/slo-entry.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { readSlotLedger } from "../budget-ledger.ts";
import { asInvalid } from "../check.ts";
import { requireSlo } from "../visibility.ts";
import { readEntry, stateOf } from "./to-entry.ts";

/** Every evaluation reads all of them; whoever needs more wants another SLO. */
const MAX_STANDING = 200;

function refuse(message: string, path = "fact"): AppError {
  return new AppError("invalid", message, { fields: [{ path, message }] });
}

function requireCorrectable(slo: SloRecord, fact: EntryFact): void {
  if (!slo.definition) throw refuse(`${slo.key} is only a draft; publish it first.`, "id");
  if (fact.kind === "correction" && slo.definition.sli.kind === "composite") {
    throw refuse("A journey counts nothing itself: correct the SLO of the step.", "fact.kind");
  }
}

async function requireRoom(tx: Transaction, { id, key }: SloRecord): Promise<void> {
  const standing = (await findEntries(tx, id)).filter((entry) => stateOf(entry) !== "withdrawn");
  if (standing.length >= MAX_STANDING)
    throw refuse(`${key} has ${MAX_STANDING} entries; withdraw some first.`, "id");
}

/** A correction of what was counted leaves no fewer than none, and no more bad events than there were. */
async function requirePossible(tx: Transaction, slo: SloRecord, fact: EntryFact): Promise<void> {
  const { id, definition, measureId } = slo;
  // Each group of a split SLO is corrected alike: none of them alone decides.
  if (fact.kind !== "correction" || !definition || measureId === null || definition.groupBy.length > 0)
    return;
  const range = slotsOutward(fact.fromMs, fact.toMs);
  const ledger = await readSlotLedger(tx, { id, definition, measureId }, WHOLE, range, null);
  const { bad, total, coveredSlots } = sumBetween(prefixOf(ledger.counted), range);
  if (coveredSlots === 0) return;
  const [badAfter, totalAfter] = [bad + fact.badDelta, total + fact.totalDelta];
  if (badAfter >= 0 && badAfter <= totalAfter) return;
  const [field, was, after] =
    totalAfter < 0 ? (["totalDelta", total, totalAfter] as const) : (["badDelta", bad, badAfter] as const);
  const counted = `${Math.round(bad)} of ${Math.round(total)} events were bad in that time`;
  throw refuse(`${counted}: ${Math.round(was)} cannot become ${Math.round(after)}.`, `fact.${field}`);
}

/**
 * Adds an exclusion, a correction or a note to the ledger of an SLO; what was measured stays beside it. What changes
 * the past waits for a second person. @throws `not_found`, `invalid` naming the field
 */
export async function addEntry(actor: Actor, input: unknown, caller: Caller): Promise<LedgerEntry> {
  authorize(actor, "slos:draft");
  const { id: sloId, fact } = parseInput(CreateEntry, input);
  const now = new Date();
  const issues = checkEntry(fact, now.getTime());
  if (issues.length > 0) throw asInvalid(issues, "fact");
  const needsSecond = needsSecondPerson(fact, actor, now.getTime());
  return transaction(async (tx) => {
    const slo = await requireSlo(tx, sloId, actor);
    requireCorrectable(slo, fact);
    await requirePossible(tx, slo, fact);
    await requireRoom(tx, slo);
    const id = randomUUID();
    await appendEntry(tx, { id, sloId, fact, actorId: actor.id, at: now, needsSecond });
    const entry = await readEntry(tx, sloId, id);
    await recordAudit(tx, actor, caller, {
      action: needsSecond ? "slo.entry_proposed" : "slo.entry_added",
      resource: { type: "slo", id: sloId },
      after: { entry: id, fact },
    });
    return entry;
  });
}
