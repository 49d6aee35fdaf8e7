import "server-only";
import { transaction } from "#lib/server/db/client.ts";
import { lockAlerts } from "#lib/server/db/incident.repo.ts";
import { lastSightings } from "#lib/server/db/occurrence.repo.ts";
import { sourcesOf } from "#lib/server/query/sources.ts";
import { takeInOwn } from "./own-alerts.ts";

/** The alert that always fires, by the name that the field gives it. */
const WATCHDOG = "Watchdog";
export const WATCHDOG_MISSING = "WatchdogMissing";
const MISSING_AFTER_MS = 10 * 60_000;

/**
 * The dead man's switch: a Watchdog that has been seen before and no longer is means that no other alert may arrive.
 * @param watchingSinceMs since when we would have seen it
 */
export async function lookForWatchdog(watchingSinceMs: number): Promise<void> {
  await transaction(async (tx) => {
    await lockAlerts(tx);
    const nowMs = Date.now();
    const seen = new Map(Object.entries(await lastSightings(tx, WATCHDOG)));
    const alerts = sourcesOf("alertmanager").flatMap(({ name }) => {
      const lastSeenMs = seen.get(name);
      if (lastSeenMs === undefined) return [];
      const missing = nowMs - Math.max(lastSeenMs, watchingSinceMs) > MISSING_AFTER_MS;
      const isHere = nowMs - lastSeenMs <= MISSING_AFTER_MS;
      return [
        {
          labels: { alertname: WATCHDOG_MISSING, alertmanager: name, severity: "critical" },
          annotations: {
            summary: `Alerts do not arrive from ${name}: its Watchdog is missing`,
            description: `Seen last at ${new Date(lastSeenMs).toISOString()}. Prometheus, Alertmanager or the way here does not work; other alerts may not arrive either.`,
            runbook: "docs/runbooks/Watchdog.md",
          },
          firing: missing ? true : isHere ? false : null,
        },
      ];
    });
    await takeInOwn(tx, WATCHDOG_MISSING, alerts, nowMs);
  });
}
