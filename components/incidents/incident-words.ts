import type { Incident } from "#lib/contracts/incidents.ts";
import type { Phase, Transition } from "#lib/domain/incidents/lifecycle.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";

/** What a button says that moves an incident. */
export const WORD_OF_TRANSITION: Record<Transition, string> = {
  acknowledge: "Acknowledge",
  begin_mitigation: "Begin mitigation",
  mitigate: "Mark mitigated",
  resolve: "Resolve",
  reopen: "Reopen",
  close: "Close",
};

/** What follows from it, for whoever hesitates. */
export const CONSEQUENCE_OF_TRANSITION: Record<Transition, string> = {
  acknowledge: "Stops the response clock; you are at it",
  begin_mitigation: "The cause is understood well enough to act",
  mitigate: "Users no longer feel it; the cause may remain",
  resolve: "It is over: alerts of the same kind open a new incident after 30 minutes",
  reopen: "It was not over: alerts of its kind belong to it again",
  close: "Nothing is left to learn from it",
};

/** The one step that is next, of those that are possible. */
export function nextTransition(possible: readonly Transition[], phase: Phase): Transition | null {
  const usual: Record<Phase, Transition> = {
    DETECT: "acknowledge",
    TRIAGE: "begin_mitigation",
    MITIGATE: "mitigate",
    RESOLVE: "resolve",
    LEARN: "close",
  };
  return possible.includes(usual[phase]) ? usual[phase] : (possible[0] ?? null);
}

/** Somebody by the name we know, or by what is left of them. */
export function personWords({ id, name }: { id: string; name: string | null }): string {
  if (name !== null) return harmlessText(name);
  return id === "system" ? "Burnline" : "somebody no longer known";
}

/** How many of the incidents are open, as the list's title says it. */
export function incidentsInWords(incidents: readonly Pick<Incident, "open">[]): string {
  const open = incidents.filter((one) => one.open).length;
  const past = incidents.length - open;
  if (incidents.length === 0) return "No incident";
  const openWords = open === 0 ? "No open incident" : countOf(open, "open incident");
  return past === 0 ? openWords : `${openWords}, ${past} past`;
}

/** How an incident stands with its response clock. */
export interface ClockReading {
  overdue: boolean;
  words: string;
}

/** The response clock at an instant; null where it does not run. */
export function readClock(respondBy: string | null, nowMs: number): ClockReading | null {
  if (respondBy === null) return null;
  const leftSeconds = Math.ceil((Date.parse(respondBy) - nowMs) / 1000);
  if (leftSeconds < 0) return { overdue: true, words: `overdue by ${writeSpan(-leftSeconds)}` };
  return { overdue: false, words: `${writeSpan(leftSeconds)} left` };
}

/** A span on a clock that runs: "4:05" under an hour, else "2 h 05 min", "3 d 4 h". */
export function writeSpan(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}:${two(whole % 60)}`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole / 60) % 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor(whole / 3600) % 24} h`;
}

/** How long it took from its beginning, or from its detection where that is not known, to its end. */
export function lastedWords({ startedAt, detectedAt, resolvedAt }: Incident): string {
  if (resolvedAt === null) return "";
  return `lasted ${writeSeconds((Date.parse(resolvedAt) - Date.parse(startedAt ?? detectedAt)) / 1000)}`;
}
