import "server-only";
import { type Reading, readingOf } from "#lib/domain/slo/budget/reading.ts";
import type { CompositeSli } from "#lib/domain/slo/definition/sli.ts";
import { WHOLE } from "#lib/domain/slo/definition/groups.ts";
import { compositeReading } from "#lib/domain/slo/journeys/composite.ts";
import { prefixOf, type SlotPrefix, sumBetween } from "#lib/domain/slo/slots/prefix.ts";
import type { SlotRange } from "#lib/domain/slo/slots/slot.ts";
import { NO_SUMS, type OnMissing, settle } from "#lib/domain/slo/slots/sums.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findSloByKey, type SloRecord } from "#lib/server/db/slo.repo.ts";
import { findStates } from "#lib/server/db/slo-state.repo.ts";
import { readSlotLedger, type SlotLedger } from "./budget-ledger.ts";
import type { BudgetPlace } from "./budget-place.ts";

/** A step of a journey; without an SLO in force there is nothing to read. */
export interface StepReadings {
  name: string;
  weight: number;
  onCriticalPath: boolean;
  slo: SloRecord | null;
  over: (range: SlotRange) => Reading;
  rawOver: (range: SlotRange) => Reading;
}

/** What was measured for a budget, to be read over any range; `raw` is without exclusions and corrections. */
export interface BudgetReadings {
  over: (range: SlotRange) => Reading;
  rawOver: (range: SlotRange) => Reading;
  /** Null for a journey, which has no slots of its own. */
  own: { ledger: SlotLedger; prefix: SlotPrefix } | null;
  steps: StepReadings[];
}

function readOver(ledger: SlotLedger, onMissing: OnMissing) {
  const prefix = prefixOf(ledger.counted);
  const raw = prefixOf(ledger.raw);
  return {
    prefix,
    over: (range: SlotRange) => readingOf(settle(sumBetween(prefix, range), onMissing)),
    rawOver: (range: SlotRange) => readingOf(settle(sumBetween(raw, range), onMissing)),
  };
}

const NOTHING = readingOf(NO_SUMS);

async function readStep(tx: Transaction, key: string, range: SlotRange) {
  const slo = await findSloByKey(tx, key);
  if (!slo?.definition || slo.measureId === null) {
    return { slo: null, over: () => NOTHING, rawOver: () => NOTHING };
  }
  const { id, definition, measureId } = slo;
  const states = await findStates(tx, [id]);
  const open = states.find(({ groupKey }) => groupKey === WHOLE)?.evaluated.openSlot ?? null;
  const ledger = await readSlotLedger(tx, { id, definition, measureId }, WHOLE, range, open);
  const { over, rawOver } = readOver(ledger, definition.onMissing);
  return { slo, over, rawOver };
}

async function readJourney(tx: Transaction, sli: CompositeSli, range: SlotRange): Promise<BudgetReadings> {
  const steps: StepReadings[] = [];
  for (const { name, slo: key, weight = 0, onCriticalPath } of sli.steps) {
    steps.push({ name, weight, onCriticalPath, ...(await readStep(tx, key, range)) });
  }
  const combine = (which: "over" | "rawOver") => (part: SlotRange) =>
    compositeReading(
      sli.combine,
      steps.map((step) => ({ ...step, reading: step[which](part) })),
    );
  return { over: combine("over"), rawOver: combine("rawOver"), own: null, steps };
}

/** What a budget was measured by from a slot on; a journey's from that of its steps, each by its own rules. */
export async function readBudget(
  tx: Transaction,
  { slo, definition, state, endSlot }: Pick<BudgetPlace, "slo" | "definition" | "state" | "endSlot">,
  fromSlot: number,
): Promise<BudgetReadings> {
  const range = { from: fromSlot, to: endSlot };
  if (definition.sli.kind === "composite") return readJourney(tx, definition.sli, range);
  if (slo.measureId === null) throw new Error(`${slo.key} has no measure`);
  const source = { id: slo.id, definition, measureId: slo.measureId };
  const ledger = await readSlotLedger(tx, source, state.groupKey, range, state.evaluated.openSlot);
  const { prefix, over, rawOver } = readOver(ledger, definition.onMissing);
  return { over, rawOver, own: { ledger, prefix }, steps: [] };
}
