import type { Severity } from "./severity.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** From the beginning of the clock to acknowledgement (DOMAIN 4); P4 is for the next business day. */
const RESPOND_WITHIN_MS: Readonly<Record<Exclude<Severity, "P4">, number>> = {
  P1: 5 * MINUTE_MS,
  P2: HOUR_MS,
  P3: 4 * HOUR_MS,
};

/** The end of the next business day, Monday to Friday, in UTC. */
function endOfNextBusinessDay(fromMs: number): number {
  const day = new Date(fromMs);
  day.setUTCHours(24, 0, 0, 0);
  while (day.getUTCDay() === 0 || day.getUTCDay() === 6) day.setUTCDate(day.getUTCDate() + 1);
  return day.getTime() + 24 * HOUR_MS;
}

/** When the clock of an incident began, in ms: at its detection, or when it was opened again last. */
export function clockBeganMs(detectedAtMs: number, reopenedMs: number | null): number {
  return Math.max(detectedAtMs, reopenedMs ?? -Infinity);
}

/** When an incident has to be acknowledged by, in ms, by when its clock began. */
export function respondByMs(severity: Severity, beganMs: number): number {
  return severity === "P4" ? endOfNextBusinessDay(beganMs) : beganMs + RESPOND_WITHIN_MS[severity];
}
