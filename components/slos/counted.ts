import type { SloDetail } from "#lib/contracts/slos.ts";
import { countsEvents } from "#lib/domain/slo/queries/measure.ts";

/** What an SLO counts: events, or slices of time, which are shown as minutes. */
export type Counted = "events" | "slices";

/** What an SLO counts. */
export function countedBy({ definition }: Pick<SloDetail, "definition">): Counted {
  return definition === null || countsEvents(definition) ? "events" : "slices";
}
