import { countOf } from "../words/language.ts";
import { EVENT_WORDS, type NotificationEvent } from "./event.ts";

/** What is told of one incident, as true as it is when it is sent. Its texts are harmless, yet in no markup. */
export interface Notice {
  /** The row of the outbox that asks for it. */
  id: string;
  event: NotificationEvent | "test";
  incidentId: string;
  title: string;
  severity: string;
  phase: string;
  service: string | null;
  node: string | null;
  /** What happened, in a line; empty where the event says all. */
  text: string;
  at: string;
  /** Where it is shown; null while BURNLINE_URL is not set. */
  url: string | null;
  /** Where it is acknowledged; null when it needs no more of it. */
  acknowledgeUrl: string | null;
}

/** One message: of one incident, or of several in a storm. */
export interface Message {
  /** The same at every attempt. */
  key: string;
  notices: readonly [Notice, ...Notice[]];
}

const ELLIPSIS = "…";

/** A text that is no longer than a channel takes, counted as it counts: in UTF-16 units, no character cut in two. */
export function fit(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, Math.max(0, most - ELLIPSIS.length));
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}${ELLIPSIS}`.slice(0, most);
}

/** As many lines as fit, and how many more there are. */
export function fitLines(lines: readonly string[], most: number): string {
  const whole = lines.join("\n");
  if (whole.length <= most) return whole;
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    const rest = `… and ${lines.length - kept.length} more`;
    if (length + line.length + 1 + rest.length > most) break;
    kept.push(line);
    length += line.length + 1;
  }
  const more = `… and ${lines.length - kept.length} more`;
  return kept.length === 0 ? fit(lines[0] ?? "", most) : [...kept, more].join("\n");
}

/** The line that tells of one incident. */
export function headlineOf({ event, severity, title }: Notice): string {
  return `[${severity}] ${EVENT_WORDS[event]}: ${title}`;
}

/** The line that a message begins with. */
export function subjectOf({ notices }: Message): string {
  const [first, ...others] = notices;
  if (others.length === 0) return headlineOf(first);
  const incidents = new Set(notices.map(({ incidentId }) => incidentId)).size;
  const gravest = notices.map(({ severity }) => severity).toSorted()[0];
  return `[${gravest}] ${countOf(notices.length, "notification")} of ${countOf(incidents, "incident")}`;
}

/** What a message says of an incident below its headline. */
export function factsOf({ text, incidentId, phase, service, node }: Notice): string[] {
  const about = [service === null ? null : `service ${service}`, node === null ? null : `node ${node}`];
  return [
    ...(text === "" ? [] : [text]),
    [incidentId, phase, ...about.filter((word) => word !== null)].join(" · "),
  ];
}
