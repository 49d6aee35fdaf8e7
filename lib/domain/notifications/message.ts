import { countOf, listOf } from "../words/language.ts";
import { EVENT_WORDS, type NotificationEvent } from "./event.ts";

/** What is told of one incident or one release, as true as it is when it is sent. Its texts are harmless, yet in no markup. */
export interface Notice {
  /** The row of the outbox that asks for it. */
  id: string;
  event: NotificationEvent | "test";
  /** What it tells of; one of the two. */
  incidentId: string | null;
  releaseId: string | null;
  /** The incident's, or the service and the version that are to go out. */
  title: string;
  /** Null of a release. */
  severity: string | null;
  /** Of an incident its phase, of a release its state. */
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

/** One message: of one incident or release, or of several in a storm. */
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

const marked = (severity: string | null | undefined, words: string) =>
  severity ? `[${severity}] ${words}` : words;

/** The line that tells of one incident or release. */
export function headlineOf({ event, severity, title }: Notice): string {
  return marked(severity, `${EVENT_WORDS[event]}: ${title}`);
}

/** The line that a message begins with. */
export function subjectOf({ notices }: Message): string {
  const [first, ...others] = notices;
  if (others.length === 0) return headlineOf(first);
  const incidents = new Set(notices.flatMap(({ incidentId }) => incidentId ?? [])).size;
  const releases = new Set(notices.flatMap(({ releaseId }) => releaseId ?? [])).size;
  const about = [
    ...(incidents > 0 ? [countOf(incidents, "incident")] : []),
    ...(releases > 0 ? [countOf(releases, "release")] : []),
  ];
  const gravest = notices.flatMap(({ severity }) => severity ?? []).toSorted()[0];
  return marked(gravest, `${countOf(notices.length, "notification")} of ${listOf(about)}`);
}

/** What a message says below its headline. */
export function factsOf({ text, incidentId, phase, service, node }: Notice): string[] {
  const about = [
    incidentId,
    phase.replaceAll("_", " "),
    service === null ? null : `service ${service}`,
    node === null ? null : `node ${node}`,
  ];
  return [...(text === "" ? [] : [text]), about.filter((word) => word !== null).join(" · ")];
}
