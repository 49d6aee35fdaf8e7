import type { FiringAlert } from "#lib/contracts/cluster.ts";
import type { Status } from "#lib/domain/status/status.ts";

/** The severity of alerts that fire while all is well, and the name of the one that proves that alerts arrive. */
const NO_TROUBLE = "none";
const WATCHDOG = "Watchdog";

const STATUS_OF_SEVERITY: Readonly<Record<string, Status>> = {
  critical: "critical",
  page: "critical",
  warning: "warning",
  ticket: "warning",
  info: "attention",
};

/** The status that a severity label stands for; a severity nobody defined is a warning. */
export function statusOfSeverity(severity: string): Status {
  const key = severity.toLowerCase();
  return Object.hasOwn(STATUS_OF_SEVERITY, key) ? (STATUS_OF_SEVERITY[key] ?? "warning") : "warning";
}

const RANK: Partial<Record<Status, number>> = { critical: 0, warning: 1 };
const rank = (alert: FiringAlert): number => RANK[statusOfSeverity(alert.severity)] ?? 2;

/** Alerts that are trouble, worst and then newest first; the watchdog is told apart from them. */
export function sortAlerts(alerts: readonly FiringAlert[]): { troubles: FiringAlert[]; watchdog: boolean } {
  const troubles = alerts
    .filter(({ name, severity, state }) => name !== WATCHDOG && severity !== NO_TROUBLE && state === "firing")
    .sort((a, b) => rank(a) - rank(b) || Date.parse(b.startedAt) - Date.parse(a.startedAt));
  return { troubles, watchdog: alerts.some(({ name, state }) => name === WATCHDOG && state === "firing") };
}
