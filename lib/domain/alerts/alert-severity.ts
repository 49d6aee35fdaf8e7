import type { Status } from "../status/status.ts";

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
