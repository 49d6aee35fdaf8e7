import "server-only";
import { randomUUID } from "node:crypto";
import { type AuditFact, recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findSlo, insertSlo, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import type { ImportSource, PlannedChange } from "./import-plan.ts";
import { carryOut } from "./save.ts";

/** A thousand SLOs in one unit of work take a minute on a small machine. */
export const IMPORT_TIMEOUT_MS = 180_000;

/** The SLO of a change, made now where there is none. */
async function recordOf(
  tx: Transaction,
  { slo, key }: PlannedChange,
  source: ImportSource,
): Promise<SloRecord> {
  if (slo) return slo;
  const id = randomUUID();
  if (!(await insertSlo(tx, { id, key, source })))
    throw new AppError("conflict", `${key} was made meanwhile; look again`);
  const made = await findSlo(tx, id);
  if (!made) throw new Error(`the SLO ${key} is gone`);
  return made;
}

/** Carries out the changes of a plan; the facts that it answers are to be recorded. */
export async function applyChanges(
  tx: Transaction,
  actor: Actor,
  changes: readonly PlannedChange[],
  { source, reason }: { source: ImportSource; reason: string | null },
): Promise<AuditFact[]> {
  const facts: AuditFact[] = [];
  for (const change of changes) {
    if (change.change === "same") continue;
    const slo = await recordOf(tx, change, source);
    const wish = { definition: change.found.definition, draft: false, reason };
    facts.push((await carryOut(tx, actor, slo, wish)).fact);
  }
  return facts;
}

/** Records what was done, last in the transaction: whoever holds the audit log's lock must wait for nobody. */
export async function recordAll(
  tx: Transaction,
  actor: Actor,
  caller: Pick<Caller, "requestId" | "address">,
  facts: readonly AuditFact[],
): Promise<void> {
  for (const fact of facts) await recordAudit(tx, actor, caller, fact);
}
