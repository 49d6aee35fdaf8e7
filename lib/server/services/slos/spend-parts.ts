import "server-only";
import type { SpendPart } from "#lib/domain/slo/budget/attribution.ts";
import { type NumeratorForm, slotValue } from "#lib/domain/slo/slots/series.ts";

/** What the ledger counted in an hour. */
export interface HourSums {
  bad: number;
  total: number;
}

/** What the source says of one part, an entry per hour. */
export interface PartColumns {
  numerator: (number | null)[];
  /** Null where a part's label itself makes an event bad, so that it has no events of its own. */
  total: (number | null)[] | null;
}

/** Bad and total of a part in one hour, by the way its numerator counts. */
export function partValue(
  form: NumeratorForm,
  numerator: number | null | undefined,
  total: number | null | undefined,
): HourSums {
  const value = slotValue(form, numerator, total);
  if (value) return value;
  return { bad: form === "bad" ? (numerator ?? 0) : 0, total: 0 };
}

const share = (part: number, all: number, ledger: number) => (all > 0 ? (part / all) * ledger : 0);

/**
 * Bad events and events by part over a window. The source says how each hour divides, the ledger how much there is to
 * divide: so the parts add up to the budget's own figures, exclusions, corrections and the window's edges with them. An
 * hour of which the source says nothing is left to nobody.
 */
export function divideHours(
  hours: readonly HourSums[],
  parts: ReadonlyMap<string, PartColumns>,
  form: NumeratorForm,
): SpendPart[] {
  const names = [...parts.keys()];
  const sums = names.map((name) => ({ name, bad: 0, total: 0 }));
  hours.forEach((ledger, hour) => {
    const values = [...parts.values()].map(({ numerator, total }) =>
      partValue(form, numerator[hour], total === null ? numerator[hour] : total[hour]),
    );
    const bad = values.reduce((sum, value) => sum + value.bad, 0);
    const total = values.reduce((sum, value) => sum + value.total, 0);
    sums.forEach((sum, at) => {
      sum.bad += share(values[at]?.bad ?? 0, bad, ledger.bad);
      sum.total += share(values[at]?.total ?? 0, total, ledger.total);
    });
  });
  return sums.map((sum, at) => ([...parts.values()][at]?.total === null ? { ...sum, total: 0 } : sum));
}
