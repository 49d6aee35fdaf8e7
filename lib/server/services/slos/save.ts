import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { permits } from "#lib/domain/access/permissions.ts";
import { type AuditFact, recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { saveDraft, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { settings } from "#lib/server/env.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireSound } from "./check.ts";
import { putInForce } from "./put-in-force.ts";
import { requireUnconfined } from "#lib/server/auth/unconfined.ts";

/** A definition that somebody wants to have saved. */
export interface Wish {
  definition: SloDefinition;
  /** Asked for as a draft; who may not publish drafts anyway. */
  draft: boolean;
  reason: string | null;
}

/** @throws `invalid` for an SLO of files, which only its files change as long as their folder is watched */
export function requireOwnSource(slo: Pick<SloRecord, "source" | "key">): void {
  if (slo.source === "file" && settings().sloDir !== null) {
    throw new AppError("invalid", `${slo.key} comes from a file; change the file`, {
      fields: [{ path: "id", message: "comes from a file; change the file" }],
    });
  }
}

/** What came of a wish, and what the audit log is to say of it. */
export interface Saved {
  saved: { id: string; version: number; draft: boolean };
  fact: AuditFact;
}

/**
 * Carries out what somebody wants an SLO to say: in force for who may publish, else as a draft beside what is in force.
 * The fact it answers must be recorded, last in the transaction.
 * @throws `invalid` naming each field, `conflict` when it was changed meanwhile, `forbidden` for whoever is confined
 */
export async function carryOut(
  tx: Transaction,
  actor: Actor,
  slo: SloRecord,
  { definition, draft, reason }: Wish,
): Promise<Saved> {
  requireUnconfined(actor, "SLOs are written");
  await requireSound(tx, actor, definition);
  const { id, key } = slo;
  const resource = { type: "slo", id };
  if (draft || !permits(actor, "slos:publish")) {
    if (!(await saveDraft(tx, slo, { definition, by: actor.id })))
      throw new AppError("conflict", `${key} was changed meanwhile`);
    const fact = { action: "slo.drafted", resource, after: { key } };
    return { saved: { id, version: slo.version, draft: true }, fact };
  }
  const version = await putInForce(tx, slo, definition, { actorId: actor.id, reason, now: new Date() });
  const fact = {
    action: slo.version === 0 ? "slo.created" : "slo.changed",
    resource,
    ...(slo.definition ? { before: slo.definition } : {}),
    after: definition,
  };
  return { saved: { id, version, draft: false }, fact };
}

/** {@link carryOut}, recorded. */
export async function saveWish(
  tx: Transaction,
  actor: Actor,
  caller: Caller,
  slo: SloRecord,
  wish: Wish,
): Promise<Saved["saved"]> {
  const { saved, fact } = await carryOut(tx, actor, slo, wish);
  await recordAudit(tx, actor, caller, fact);
  return saved;
}
