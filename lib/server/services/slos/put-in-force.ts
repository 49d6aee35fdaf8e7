import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { targetChange } from "#lib/domain/slo/definition/phases.ts";
import { sloKey } from "#lib/domain/slo/definition/definition.ts";
import { nominalSlots, writeWindow } from "#lib/domain/slo/definition/windows.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { slotAt, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { ensureMeasure } from "#lib/server/db/measure.repo.ts";
import { addVersion, findSloByKey, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { measureId } from "#lib/server/ledger/measure-id.ts";

/** History that every SLO has, however short its window: what previews and graphs show. */
const LEAST_HISTORY_SLOTS = 30 * SLOTS_PER_DAY;

/** The key was taken by another SLO. */
export function keyTaken(key: string): AppError {
  const message = `there is an SLO ${key} already`;
  return new AppError("invalid", message, { fields: [{ path: "definition.name", message }] });
}

/** Windows whose target a definition lowers. */
function lowered(before: SloDefinition | null, after: SloDefinition): string[] {
  return (before?.objectives ?? []).flatMap(({ target, window }) => {
    const same = after.objectives.find((one) => writeWindow(one.window) === writeWindow(window));
    return same && targetChange(target, same.target) === "step_down" ? [writeWindow(window)] : [];
  });
}

/**
 * Makes a definition the one in force, in a version of its own; what it measures is fetched from then on, and
 * backwards as far as its longest window. The past of other versions stays as it was.
 * @throws `invalid` for a taken key or a lowered target without a reason, `conflict` when the SLO was changed meanwhile
 */
export async function putInForce(
  tx: Transaction,
  slo: SloRecord,
  definition: SloDefinition,
  by: { actorId: string; reason: string | null; now: Date },
): Promise<number> {
  const key = sloKey(definition);
  if (key !== slo.key && (await findSloByKey(tx, key))) throw keyTaken(key);
  const [window] = lowered(slo.definition, definition);
  if (window !== undefined && by.reason === null) {
    const message = `A lower target (${window}) is an exception and needs a reason.`;
    throw new AppError("invalid", message, { fields: [{ path: "reason", message }] });
  }
  const measure = measureOf(definition);
  const id = measure && measureId(measure);
  if (measure && id !== null) {
    const now = slotAt(by.now.getTime());
    const longest = Math.max(
      LEAST_HISTORY_SLOTS,
      ...definition.objectives.map((one) => nominalSlots(one.window)),
    );
    await ensureMeasure(tx, { id, measure }, { now, wantedFrom: now - longest });
  }
  const { actorId, reason } = by;
  const version = await addVersion(tx, slo, { definition, key, measureId: id, actorId, reason });
  if (version === null) throw new AppError("conflict", `${slo.key} was changed meanwhile`);
  return version;
}
