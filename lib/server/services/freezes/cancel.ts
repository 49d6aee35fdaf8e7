import "server-only";
import { type Freeze, OneFreeze } from "#lib/contracts/freezes.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import { cancelFreeze, findFreeze, type FreezeRecord } from "#lib/server/db/freeze.repo.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import type { Caller } from "#lib/server/handle.ts";
import { visibleServices } from "#lib/server/services/decisions/visibility.ts";
import { recordedService } from "./declare.ts";
import { toFreezes } from "./to-freeze.ts";
import { isInSight, isWhollyInSight } from "./visibility.ts";

/** @throws `not_found` in the same words for what is out of sight, `forbidden` for what is so in part */
async function requireFreeze(
  tx: Transaction,
  id: string,
  services: readonly string[] | null,
): Promise<FreezeRecord> {
  const known = await findFreeze(tx, id);
  if (!known || !isInSight(known.document, services))
    throw new AppError("not_found", `there is no freeze with the id ${JSON.stringify(id)}`);
  if (!isWhollyInSight(known.document, services))
    throw new AppError("forbidden", "it holds for more than you see");
  return known;
}

/** Ends a freeze for good; it stays on record. @throws `not_found`, `forbidden`, `conflict` when it ended already */
export async function endFreeze(actor: Actor, input: unknown, caller: Caller): Promise<{ freeze: Freeze }> {
  authorize(actor, "freezes:write");
  const { id } = parseInput(OneFreeze, input);
  const services = await visibleServices(actor);
  return transaction(async (tx) => {
    const { document, name } = await requireFreeze(tx, id, services);
    const record = await cancelFreeze(tx, id, actor.id);
    if (!record) throw new AppError("conflict", "somebody has cancelled it already");
    const at = record.cancelledAt ?? new Date();
    await appendDecision(tx, {
      kind: "freeze",
      service: recordedService(document.services),
      releaseId: null,
      actorId: actor.id,
      decision: null,
      at,
      body: { event: "cancelled", id, name },
    });
    const range = { fromMs: at.getTime() - 1, toMs: at.getTime() + 1 };
    const [freeze] = await toFreezes(tx, [record], { range, services, nowMs: at.getTime() });
    await recordAudit(tx, actor, caller, {
      action: "freeze.cancelled",
      resource: { type: "freeze", id },
      before: { name, ...document },
    });
    return { freeze: freeze! };
  });
}
