import type { Channel } from "#lib/contracts/notifications.ts";
import type {
  EscalationDocument,
  OnCallDocument,
  PolicyDocument,
  PolicyKind,
} from "#lib/contracts/on-call.ts";
import type { RoutingDocument } from "#lib/contracts/notifications.ts";
import { EVENT_WORDS } from "#lib/domain/notifications/event.ts";
import type { EscalationStep } from "#lib/domain/on-call/escalation.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { countOf, listOf } from "#lib/domain/words/language.ts";

/** A document in a few lines: what each part is called, and what it says. */
export interface PolicyLine {
  name: string;
  says: string;
}

type Names = ReadonlyMap<string, string>;

/** The names of channels by their ids. */
export function namesOf(channels: readonly Channel[]): Names {
  return new Map(channels.map(({ id, name }) => [id, name]));
}

function channelsIn(choice: "all" | readonly string[], names: Names): string {
  if (choice === "all") return "every channel";
  return choice.length === 0 ? "no channel" : listOf(choice.map((id) => names.get(id) ?? id));
}

const any = (list: readonly string[], all: string) => (list.length === 0 ? all : listOf(list));

function routingLines({ rules, quietHours }: RoutingDocument, names: Names): PolicyLine[] {
  const lines = rules.map((rule) => {
    const events = any(
      rule.events.map((event) => EVENT_WORDS[event].toLowerCase()),
      "every event",
    );
    const about = [
      any(rule.severities, "any severity"),
      any(rule.services, "any service"),
      any(rule.tiers, "any tier"),
    ].join(", ");
    return { name: rule.name, says: `${events}; ${about} → ${channelsIn(rule.channels, names)}` };
  });
  if (!quietHours) return lines;
  const { severities, from, to, zone } = quietHours;
  return [
    ...lines,
    { name: "Quiet hours", says: `${listOf(severities)} wait from ${from} to ${to} (${zone})` },
  ];
}

function onCallLines({ rotations, overrides }: OnCallDocument): PolicyLine[] {
  return rotations.map(({ name, people, lengthDays, handoverAt, zone }) => {
    const standIns = overrides.filter(({ rotation }) => rotation === name).length;
    const turns = `${countOf(people.length, "person", "people")}, ${countOf(lengthDays, "day")} each, hand-over at ${handoverAt} (${zone})`;
    return { name, says: standIns === 0 ? turns : `${turns}, ${countOf(standIns, "override")}` };
  });
}

/** Whom a step tells. */
export function toldBy({ rotations, channels }: EscalationStep, names: Names): string {
  const rooms = channels === "all" || channels.length > 0 ? [channelsIn(channels, names)] : [];
  return listOf([...rotations, ...rooms]) || "nobody";
}

function escalationLines({ paths, reach }: EscalationDocument, names: Names): PolicyLine[] {
  const lines = SEVERITIES.map((severity) => {
    const { steps, everyMinutes, rounds } = paths[severity];
    const says = steps.map((step) => toldBy(step, names));
    const rhythm = `every ${writeSeconds(everyMinutes * 60)}, ${countOf(rounds, "round")}`;
    return { name: severity, says: says.length === 0 ? "nobody" : `${says.join(", then ")}; ${rhythm}` };
  });
  return reach.length === 0
    ? lines
    : [...lines, { name: "Ways to people", says: countOf(reach.length, "person", "people") }];
}

/** What a document says, in lines. */
export function linesOf(kind: PolicyKind, document: PolicyDocument<PolicyKind>, names: Names): PolicyLine[] {
  switch (kind) {
    case "routing":
      return routingLines(document as RoutingDocument, names);
    case "on_call":
      return onCallLines(document as OnCallDocument);
    case "escalation":
      return escalationLines(document as EscalationDocument, names);
  }
}
