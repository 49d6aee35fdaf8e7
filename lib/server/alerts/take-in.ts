import "server-only";
import {
  endSuperseded,
  joinOccurrences,
  type Occurrence,
  occurrenceId,
} from "#lib/domain/alerts/occurrence.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findOfAlerts, type OccurrenceRecord, saveOccurrences } from "#lib/server/db/occurrence.repo.ts";
import { followAll } from "./follow.ts";

const alertOf = ({ source, fingerprint }: Occurrence) => `${source}/${fingerprint}`;

/** One alert's occurrences: what is known, and the same with what was told now. */
function foldTold(known: readonly Occurrence[], told: readonly Occurrence[]): Occurrence[] {
  const byStart = new Map(known.map((one) => [one.startsAtMs, one]));
  for (const one of told) {
    const before = byStart.get(one.startsAtMs);
    byStart.set(one.startsAtMs, before ? joinOccurrences(before, one) : one);
  }
  return endSuperseded([...byStart.values()]);
}

function differs(a: Occurrence | undefined, b: Occurrence): boolean {
  return (
    !a ||
    a.lastSeenMs !== b.lastSeenMs ||
    a.end?.atMs !== b.end?.atMs ||
    a.end?.notBeforeMs !== b.end?.notBeforeMs
  );
}

/**
 * Takes tellings of alerts into what is known, and has incidents follow: in any order, any number of times, the end is
 * the same. The caller holds the lock of alerts.
 */
export async function takeIn(tx: Transaction, told: readonly Occurrence[], nowMs: number): Promise<void> {
  if (told.length === 0) return;
  const since = new Date(Math.min(...told.map(({ startsAtMs }) => startsAtMs)));
  const known = new Map<string, OccurrenceRecord>();
  for (const one of await findOfAlerts(tx, told, since)) known.set(occurrenceId(one), one);
  const toldByAlert = Map.groupBy(told, alertOf);
  const knownByAlert = Map.groupBy(known.values(), alertOf);
  const changed = [...toldByAlert].flatMap(([alert, ofAlert]) =>
    foldTold(knownByAlert.get(alert) ?? [], ofAlert).filter((one) =>
      differs(known.get(occurrenceId(one)), one),
    ),
  );
  await saveOccurrences(tx, changed);
  const incidentOf = (one: Occurrence) => known.get(occurrenceId(one))?.incidentId ?? null;
  await followAll(tx, {
    // One whose end was inferred in error fires again.
    arrived: changed.filter((one) => {
      const before = known.get(occurrenceId(one));
      return !before || (before.end !== null && one.end === null);
    }),
    ended: changed.flatMap((one) => {
      const incidentId = incidentOf(one);
      const wasFiring = known.get(occurrenceId(one))?.end === null;
      return incidentId !== null && wasFiring && one.end ? [{ ...one, incidentId }] : [];
    }),
    nowMs,
  });
}
