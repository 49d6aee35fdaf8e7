import type { Severity } from "../incidents/severity.ts";
import { instantOf, localTimeAt } from "../slo/time/zone.ts";
import { type NotificationEvent, RELEASE_NOTIFICATIONS } from "./event.ts";

/** Who is told of what. A list that is empty matches everything. */
export interface RoutingRule {
  name: string;
  events: readonly NotificationEvent[];
  severities: readonly Severity[];
  services: readonly string[];
  tiers: readonly string[];
  /** Ids; "all" are all that there are. */
  channels: "all" | readonly string[];
}

/** A part of each day in which messages of some severities, and what of releases is not urgent, wait for its end. Times are "HH:MM" in the zone. */
export interface QuietHours {
  severities: readonly Severity[];
  zone: string;
  from: string;
  to: string;
}

export interface RoutingPolicy {
  rules: readonly RoutingRule[];
  quietHours: QuietHours | null;
}

/** What rules match. */
export interface RoutedFact {
  event: NotificationEvent;
  /** Null of what is no incident: no rule that names severities matches it. */
  severity: Severity | null;
  service: string | null;
  tier: string | null;
}

/** In force until people set their own: every channel is told what asks for somebody, and that it is over. */
export const DEFAULT_ROUTING: RoutingPolicy = {
  rules: [
    {
      name: "Everything that asks for somebody",
      events: [
        ...(["opened", "reopened", "severity_raised", "escalated", "resolved"] as const),
        ...RELEASE_NOTIFICATIONS,
      ],
      severities: [],
      services: [],
      tiers: [],
      channels: "all",
    },
  ],
  quietHours: null,
};

function allows<T>(list: readonly T[], value: T | null): boolean {
  return list.length === 0 || (value !== null && list.includes(value));
}

function matches(rule: RoutingRule, fact: RoutedFact): boolean {
  return (
    allows(rule.events, fact.event) &&
    allows(rule.severities, fact.severity) &&
    allows(rule.services, fact.service) &&
    allows(rule.tiers, fact.tier)
  );
}

/** The channels among `known` that a list names, in the order of `known`. */
export function channelsNamed(wanted: "all" | readonly string[], known: readonly string[]): string[] {
  return wanted === "all" ? [...known] : known.filter((id) => wanted.includes(id));
}

/** The channels that are told of a fact: those of every rule that matches, each once. */
export function channelsToTell(
  { rules }: Pick<RoutingPolicy, "rules">,
  fact: RoutedFact,
  known: readonly string[],
): string[] {
  const told = rules
    .filter((rule) => matches(rule, fact))
    .flatMap(({ channels }) => channelsNamed(channels, known));
  return known.filter((id) => told.includes(id));
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** What of a release can wait for the morning: nothing is going out. */
const PATIENT: readonly NotificationEvent[] = ["release_waiting", "release_revoked"];

/** Whether a fact is one that quiet hours hold back: by its severity where it has one, else by what it is. */
function isQuietable(
  { severities }: QuietHours,
  { event, severity }: Pick<RoutedFact, "event" | "severity">,
) {
  return severity === null ? PATIENT.includes(event) : severities.includes(severity);
}

/** When the quiet hours that hold a fact back at an instant are over, in ms; null where none do. */
export function quietUntilMs(
  quiet: QuietHours | null,
  fact: Pick<RoutedFact, "event" | "severity">,
  atMs: number,
): number | null {
  if (quiet === null || !isQuietable(quiet, fact)) return null;
  const local = localTimeAt(atMs, quiet.zone);
  const minute = local.hour * 60 + local.minute;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  const overnight = from > to;
  const within = overnight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!within) return null;
  const day = local.day + (overnight && minute >= from ? 1 : 0);
  return instantOf({ ...local, day, hour: 0, minute: to }, quiet.zone);
}
