import { type Reading, readingOf } from "./budget/reading.ts";
import type { SlotSeries } from "./slots/series.ts";
import type { SlotSums } from "./slots/sums.ts";
import type { SloDefinition } from "./definition/definition.ts";
import { templateDefinitions } from "./definition/templates.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";

/** Sums whose slots are all covered, unless said otherwise. */
export function sumsOf(bad: number, total: number, slots: number, more: Partial<SlotSums> = {}): SlotSums {
  return { bad, total, coveredSlots: slots, excludedSlots: 0, slots, ...more };
}

/** The reading of {@link sumsOf}. */
export function reading(bad: number, total: number, slots: number, more: Partial<SlotSums> = {}): Reading {
  return readingOf(sumsOf(bad, total, slots, more));
}

/** What a look-back without any data says. */
export const SILENCE: Reading = reading(0, 0, 72, { coveredSlots: 0 });

/** A series of `[bad, total]` pairs; null is a gap. */
export function seriesFrom(slots: readonly (readonly [number, number] | null)[], firstSlot = 0): SlotSeries {
  return {
    firstSlot,
    bad: slots.map((slot) => slot?.[0] ?? null),
    total: slots.map((slot) => slot?.[1] ?? null),
  };
}

/** A sound definition: 99.9 % of an API's requests over 30 days. */
export function soundDefinition(more: Partial<SloDefinition> = {}): SloDefinition {
  const [availability] = templateDefinitions("api", {
    service: "checkout",
    owner: "pay",
    tier: "essential",
    runbookUrl: "https://runbooks.example/checkout",
    names: METRIC_PRESETS.prometheus,
  });
  return { ...availability!, ...more };
}
