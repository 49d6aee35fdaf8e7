import "server-only";
import type { Occurrence } from "#lib/domain/alerts/occurrence.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import { findFiring } from "#lib/server/db/occurrence.repo.ts";
import { fingerprint } from "#lib/server/query/prometheus/fingerprint.ts";
import { takeIn } from "./take-in.ts";

/** The source of what Burnline sees itself. */
export const OWN_SOURCE = "burnline";

/** An alert of Burnline's own: it fires, it does not, or (null) nothing is known just now and it stays as it was. */
export interface OwnAlert {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  firing: boolean | null;
}

/**
 * Takes in what Burnline's own alerts of one kind say at an instant. One that fired and is not among them any more has
 * ended, for what it was about is gone. The caller holds the lock of alerts.
 */
export async function takeInOwn(
  tx: Transaction,
  kind: string,
  alerts: readonly OwnAlert[],
  nowMs: number,
): Promise<void> {
  const fired = (await findFiring(tx, OWN_SOURCE)).filter(({ labels }) => labels.alertname === kind);
  const known = new Map(fired.map((one) => [one.fingerprint, one]));
  const said = new Map(alerts.map((one) => [fingerprint(one.labels), one]));
  const told = [...said].flatMap(([print, { labels, annotations, firing }]): Occurrence[] => {
    if (!firing) return [];
    const startsAtMs = known.get(print)?.startsAtMs ?? nowMs;
    const place = { source: OWN_SOURCE, fingerprint: print, startsAtMs };
    return [{ ...place, labels, annotations, generatorUrl: null, end: null, lastSeenMs: nowMs }];
  });
  const ended = fired
    .filter(({ fingerprint: print }) => (said.has(print) ? said.get(print)?.firing === false : true))
    .map((one): Occurrence => ({ ...one, end: { atMs: nowMs, notBeforeMs: null } }));
  await takeIn(tx, [...told, ...ended], nowMs);
}
