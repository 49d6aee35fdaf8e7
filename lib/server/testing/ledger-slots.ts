import "server-only";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import type { SlotValue } from "#lib/domain/slo/slots/series.ts";
import { dayOfSlot, slotAt, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { read } from "#lib/server/db/client.ts";
import { findLedgerDays, type LedgerRow } from "#lib/server/db/ledger.repo.ts";
import { measureId } from "#lib/server/ledger/measure-id.ts";

interface Span {
  fromMs: number;
  toMs: number;
}

/** The days of an SLO's ledger that a span touches, as they are kept. */
export function ledgerDays(definition: SloDefinition, { fromMs, toMs }: Span): Promise<LedgerRow[]> {
  const key = { measureId: measureId(measureOf(definition)!), groupKey: WHOLE };
  const days = { fromDay: dayOfSlot(slotAt(fromMs)), toDay: dayOfSlot(slotAt(toMs)) };
  return read((tx) => findLedgerDays(tx, key, days));
}

/** The slots of those days, as far as they were measured. */
export async function ledgerSlots(definition: SloDefinition, span: Span): Promise<Map<number, SlotValue>> {
  const slots = (await ledgerDays(definition, span)).flatMap(({ day, bad, total }) =>
    [...total].map((all, at) => [day * SLOTS_PER_DAY + at, { bad: bad[at]!, total: all }] as const),
  );
  return new Map(slots.filter(([, { total }]) => !Number.isNaN(total)));
}
