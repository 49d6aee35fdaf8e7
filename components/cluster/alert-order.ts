import type { FiringAlert } from "#lib/contracts/cluster.ts";
import { statusOfSeverity } from "#lib/domain/alerts/alert-severity.ts";
import type { Status } from "#lib/domain/status/status.ts";

/** The severity of alerts that fire while all is well, and the name of the one that proves that alerts arrive. */
const NO_TROUBLE = "none";
const WATCHDOG = "Watchdog";

const RANK: Partial<Record<Status, number>> = { critical: 0, warning: 1 };
const rank = (alert: FiringAlert): number => RANK[statusOfSeverity(alert.severity)] ?? 2;

interface SortedAlerts {
  /** Firing alerts, worst and then newest first. */
  troubles: FiringAlert[];
  /** How many would fire if what they see lasts. */
  pending: number;
  watchdog: boolean;
}

/** Tells alerts that are trouble from the watchdog, which fires while all is well. */
export function sortAlerts(alerts: readonly FiringAlert[]): SortedAlerts {
  const real = alerts.filter(({ name, severity }) => name !== WATCHDOG && severity !== NO_TROUBLE);
  const troubles = real
    .filter(({ state }) => state === "firing")
    .sort((a, b) => rank(a) - rank(b) || Date.parse(b.startedAt) - Date.parse(a.startedAt));
  const pending = real.filter(({ state }) => state === "pending").length;
  return {
    troubles,
    pending,
    watchdog: alerts.some(({ name, state }) => name === WATCHDOG && state === "firing"),
  };
}
