import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { permits } from "#lib/domain/access/permissions.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { saveDraft, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { requireSound } from "./check.ts";
import { putInForce } from "./put-in-force.ts";
import { sloFilter } from "./visibility.ts";

/** A definition that somebody wants to have saved. */
export interface Wish {
  definition: SloDefinition;
  /** Asked for as a draft; who may not publish drafts anyway. */
  draft: boolean;
  reason: string | null;
}

/** @throws `invalid` for an SLO of files, which only its files change */
export function requireOwnSource(slo: Pick<SloRecord, "source" | "key">): void {
  if (slo.source === "file") {
    throw new AppError("invalid", `${slo.key} comes from a file; change the file`, {
      fields: [{ path: "id", message: "comes from a file; change the file" }],
    });
  }
}

/**
 * Saves what somebody wants an SLO to say: in force for who may publish, else as a draft beside what is in force.
 * @throws `invalid` naming each field, `conflict` when it was changed meanwhile, `forbidden` for what would be out of one's sight
 */
export async function saveWish(
  tx: Transaction,
  actor: Actor,
  caller: Caller,
  slo: SloRecord,
  { definition, draft, reason }: Wish,
): Promise<{ id: string; version: number; draft: boolean }> {
  await requireSound(tx, definition);
  if (!(await sloFilter(actor))(definition)) {
    throw new AppError("forbidden", "with this subject you could not see the SLO yourself");
  }
  const asDraft = draft || !permits(actor, "slos:publish");
  const resource = { type: "slo", id: slo.id };
  if (asDraft) {
    const saved = await saveDraft(tx, slo, { definition, by: actor.id });
    if (!saved) throw new AppError("conflict", `${slo.key} was changed meanwhile`);
    await recordAudit(tx, actor, caller, { action: "slo.drafted", resource, after: { key: slo.key } });
    return { id: slo.id, version: slo.version, draft: true };
  }
  const version = await putInForce(tx, slo, definition, { actorId: actor.id, reason, now: new Date() });
  await recordAudit(tx, actor, caller, {
    action: slo.version === 0 ? "slo.created" : "slo.changed",
    resource,
    ...(slo.definition ? { before: slo.definition } : {}),
    after: definition,
  });
  return { id: slo.id, version, draft: false };
}
