import "server-only";
import type { EventBody, EventKind } from "#lib/contracts/incident-events.ts";
import type { Transition } from "#lib/domain/incidents/lifecycle.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";

type Writers = { [K in EventKind]: (body: Extract<EventBody, { kind: K }>) => string | null };

const TRANSITION_WORDS: Record<Transition, string> = {
  acknowledge: "Acknowledged",
  begin_mitigation: "Mitigation began",
  mitigate: "Mitigated",
  resolve: "Resolved",
  reopen: "Opened again",
  close: "Closed",
};
interface Told {
  count: number;
  alerts: readonly { name: string; summary: string }[];
}

/** Alerts by name, with what the first of them said. */
function alertWords({ alerts, count }: Told, what: string): string {
  const names = [...new Set(alerts.map(({ name }) => name))].join(", ") || `${count} alerts`;
  const summary = alerts.find((one) => one.summary !== "")?.summary;
  return `${names} ${what}${summary === undefined ? "" : `: ${summary}`}`;
}
const withNote = (text: string, note: string | null) =>
  note === null || note === "" ? text : `${text}: ${note}`;

const WRITERS: Writers = {
  opened: (body) =>
    body.count === 0
      ? `Opened by hand as ${body.severity}: ${body.title}`
      : `Detected as ${body.severity}: ${alertWords(body, "fired")}`,
  alerts_joined: (body) => alertWords(body, "fired"),
  alerts_ended: (body) => alertWords(body, "ended"),
  transition: ({ transition, automatic, note }) =>
    withNote(`${TRANSITION_WORDS[transition]}${automatic ? " automatically" : ""}`, note),
  severity: ({ from, to, reason }) => withNote(`Severity ${from} became ${to}`, reason),
  role: ({ role, personId }) => `The role of ${role} was ${personId === null ? "left open" : "filled"}`,
  title: () => null,
  time: () => null,
  note: ({ markdown }) => markdown,
  chart: ({ title }) => `Chart kept: ${title}`,
  logs: ({ title, lines }) => `${lines.length} log lines kept: ${title}`,
  attachment: ({ name }) => `File kept: ${name}`,
  pin: () => null,
  notification: ({ channel, event, outcome }) =>
    outcome === "dropped" ? null : `${channel} was ${outcome === "sent" ? "told" : "not reached"}: ${event}`,
  escalated: ({ step, reason }) => `Escalated, step ${step}: ${reason}`,
  reminder: () => null,
  merged: ({ from, into }) => `${from} became part of ${into}`,
  burn: ({ slo, text, budgetRemainingRatio }) =>
    `${slo}: ${text}${budgetRemainingRatio === null ? "" : `, ${writeRatio(budgetRemainingRatio)} left`}`,
  deploy: ({ service, version, text }) => `${service} ${version} deployed: ${text}`,
  action: ({ runbook, action, state, detail }) =>
    withNote(`${action} of runbook ${runbook}: ${state}`, detail),
  postmortem: () => null,
};

/**
 * A fact as a post-mortem tells it: what happened, not who did it. Null for what is about the record and not about the
 * incident.
 */
export function eventInWords(body: EventBody): string | null {
  // Each writer takes the body of its own kind.
  const write = WRITERS[body.kind] as (one: EventBody) => string | null;
  return write(body);
}
