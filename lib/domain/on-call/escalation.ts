import { respondByMs } from "../incidents/response-clock.ts";
import type { Severity } from "../incidents/severity.ts";

/** Who is told when nobody has acknowledged. */
export interface EscalationStep {
  /** Rotations whose person on call is told. */
  rotations: readonly string[];
  /** Ids; "all" are all that there are. */
  channels: "all" | readonly string[];
}

/** What happens to incidents of a severity: the steps one after the other, then over again. */
export interface EscalationPath {
  steps: readonly EscalationStep[];
  everyMinutes: number;
  /** How often the steps are gone through. */
  rounds: number;
}

/** Channels that reach one person alone. */
export interface Reach {
  personId: string;
  channels: readonly string[];
}

export interface EscalationPolicy {
  paths: Readonly<Record<Severity, EscalationPath>>;
  reach: readonly Reach[];
}

const EVERYBODY: EscalationStep = { rotations: [], channels: "all" };
const path = (everyMinutes: number, rounds: number): EscalationPath => ({
  steps: [EVERYBODY],
  everyMinutes,
  rounds,
});

/** In force until people set their own: every channel is told again. */
export const DEFAULT_ESCALATION: EscalationPolicy = {
  paths: { P1: path(5, 6), P2: path(30, 4), P3: path(240, 1), P4: path(1_440, 1) },
  reach: [],
};

/** The step that is taken as number `nth` (the first is 1); null where the path has come to its end. */
export function stepOf({ steps, rounds }: EscalationPath, nth: number): EscalationStep | null {
  if (nth < 1 || nth > steps.length * rounds) return null;
  return steps[(nth - 1) % steps.length] ?? null;
}

/** An incident that nobody has acknowledged, in ms. */
export interface Unanswered {
  severity: Severity;
  /** When its clock began. */
  sinceMs: number;
  escalations: number;
  lastEscalatedMs: number | null;
}

/**
 * When the next step is due, in ms: when the response clock has passed, and then every so many minutes after the step
 * before, whenever that was taken; null where the path has come to its end.
 */
export function nextStepMs({ paths }: EscalationPolicy, incident: Unanswered): number | null {
  const along = paths[incident.severity];
  if (stepOf(along, incident.escalations + 1) === null) return null;
  const respondBy = respondByMs(incident.severity, incident.sinceMs);
  if (incident.escalations === 0 || incident.lastEscalatedMs === null) return respondBy;
  return Math.max(respondBy, incident.lastEscalatedMs + along.everyMinutes * 60_000);
}
