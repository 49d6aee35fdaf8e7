import type { AlertAction } from "../alerts/alert-place.ts";

/** P1: down or data at risk, all hands. P2: degraded. P3: minor, with a workaround. P4: cosmetic. */
export const SEVERITIES = ["P1", "P2", "P3", "P4"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The severity that a word names: "P1", and "SEV1" as it is called elsewhere; null for any other. */
export function readSeverity(word: string): Severity | null {
  const digit = /^(?:P|SEV-?)([1-4])$/i.exec(word.trim())?.[1];
  return digit === undefined ? null : (`P${digit}` as Severity);
}

/** A page on a critical service is P1, another page P2, a ticket P3 (DOMAIN 4); null for what asks nothing. */
export function severityOfAlert(action: AlertAction, tier: string | null): Severity | null {
  if (action === "none") return null;
  if (action === "ticket") return "P3";
  return tier === "critical" ? "P1" : "P2";
}

/** The graver of two. */
export function graver(a: Severity, b: Severity): Severity {
  return a <= b ? a : b;
}
