import type { Phase } from "../incidents/lifecycle.ts";
import type { IncidentNotification, ReleaseNotification } from "./event.ts";

/** An incident at the moment of sending, as far as it decides whether a message is still worth it. */
export interface IncidentNow {
  phase: Phase;
  mergedInto: string | null;
}

const ASKS_FOR_SOMEBODY: readonly IncidentNotification[] = [
  "opened",
  "reopened",
  "severity_raised",
  "escalated",
];
const TELLS_PROGRESS: readonly IncidentNotification[] = ["acknowledged", "mitigated"];

/**
 * Why a message must not go out any more, in words for the log; null while it is true. One that is overtaken yet still
 * worth knowing goes out all the same: it always tells the phase that the incident is in by then.
 * @param toldOver whether the same channel is told that the incident is over, too
 */
export function noLongerTrue(
  event: IncidentNotification,
  { phase, mergedInto }: IncidentNow,
  toldOver: boolean,
): string | null {
  const asks = ASKS_FOR_SOMEBODY.includes(event);
  if (mergedInto !== null && asks) return `it is part of ${mergedInto} by now`;
  if (event === "escalated" && phase !== "DETECT")
    return phase === "LEARN" ? "it is over by now" : "it is acknowledged by now";
  const overtaken = phase === "LEARN" && (asks || TELLS_PROGRESS.includes(event));
  return overtaken && toldOver ? "it is over by now, which this channel is told as well" : null;
}

/** Whether an incident still waits for somebody to acknowledge it. */
export function respondable({ phase, mergedInto }: IncidentNow): boolean {
  return phase === "DETECT" && mergedInto === null;
}

/** The states of a release in which what is told of it is still worth telling; null for all. */
const TRUE_IN: Readonly<Record<ReleaseNotification, readonly string[] | null>> = {
  release_waiting: ["waiting"],
  release_revoked: ["waiting", "deferred", "blocked"],
  // One that went out in spite of the halt is worth knowing, one that was stopped is not.
  release_halted: ["deploying", "deployed"],
  release_uncleared: null,
};

/** Why a message of a release must not go out any more, in words for the log; null while it is true. */
export function releaseNoLongerTrue(event: ReleaseNotification, state: string): string | null {
  const states = TRUE_IN[event];
  return states === null || states.includes(state) ? null : `it is ${state.replace("_", " ")} by now`;
}
