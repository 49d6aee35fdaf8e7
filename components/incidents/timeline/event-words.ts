import {
  AlarmClock,
  BellOff,
  BellRing,
  BookOpen,
  ChartLine,
  CheckCheck,
  Clock,
  Flame,
  GitMerge,
  type LucideIcon,
  MoveUpRight,
  OctagonAlert,
  Paperclip,
  PenLine,
  Pin,
  Rocket,
  ScrollText,
  Send,
  ShieldAlert,
  StepForward,
  Type,
  UserRound,
  Wrench,
} from "lucide-react";
import type { EventBody, EventKind, IncidentRole, IncidentTime } from "#lib/contracts/incident-events.ts";
import type { Transition } from "#lib/domain/incidents/lifecycle.ts";
import { EVENT_WORDS } from "#lib/domain/notifications/event.ts";
import { writeRatio } from "#lib/domain/words/figures.ts";
import { countOf, listOf } from "#lib/domain/words/language.ts";
import { formatTime } from "#lib/format/time.ts";

/** How a fact reads: what was done, by somebody whose name stands before it, or what happened by itself. */
export interface EventWords {
  icon: LucideIcon;
  text: string;
  /** Whether somebody did it, so that their name comes first. */
  deed: boolean;
  detail: string | null;
  tone: "plain" | "bad" | "good" | "step";
}

/** What the words need beside the fact. */
export interface WordContext {
  nameOf: (personId: string) => string;
  zone: string;
}

const DONE: Record<Transition, string> = {
  acknowledge: "acknowledged",
  begin_mitigation: "began mitigation",
  mitigate: "marked it mitigated",
  resolve: "resolved it",
  reopen: "opened it again",
  close: "closed it",
};
const BY_ITSELF: Record<Transition, string> = {
  acknowledge: "Acknowledged",
  begin_mitigation: "Mitigation began",
  mitigate: "Mitigated",
  resolve: "Resolved by itself: no alert fired for ten minutes",
  reopen: "Opened again: an alert of its own fired again",
  close: "Closed",
};
/** What a role is called in a sentence. */
export const WORD_OF_ROLE: Record<IncidentRole, string> = {
  commander: "commander",
  communications: "communications",
  scribe: "scribe",
};
/** What a time is called in a sentence. */
export const WORD_OF_TIME: Record<IncidentTime, string> = {
  startedAt: "began",
  detectedAt: "was detected",
  acknowledgedAt: "was acknowledged",
  mitigatedAt: "was mitigated",
  resolvedAt: "was resolved",
};

/** The first few alerts by name, and how many more there were. */
function alertWords({ alerts, count }: { alerts: readonly { name: string }[]; count: number }): string {
  const names = [...new Set(alerts.map(({ name }) => name))].slice(0, 3);
  const more = count - alerts.filter(({ name }) => names.includes(name)).length;
  if (names.length === 0) return countOf(count, "alert");
  return more > 0 ? `${names.join(", ")} and ${more} more` : listOf(names);
}

function summaries({ alerts }: { alerts: readonly { summary: string }[] }): string | null {
  const texts = [...new Set(alerts.map(({ summary }) => summary).filter((text) => text !== ""))];
  return texts.length === 0 ? null : texts.slice(0, 3).join(" · ");
}

type Words = Pick<EventWords, "icon" | "text"> & Partial<EventWords>;
type Writers = {
  [K in EventKind]: (body: Extract<EventBody, { kind: K }>, context: WordContext) => Words;
};

const WRITERS: Writers = {
  opened: (body) => ({
    icon: OctagonAlert,
    tone: "bad",
    deed: body.count === 0,
    text: body.count === 0 ? `opened it as ${body.severity}` : `${alertWords(body)} fired: ${body.severity}`,
    detail: summaries(body),
  }),
  alerts_joined: (body) => ({
    icon: BellRing,
    tone: "bad",
    text: `${alertWords(body)} fired`,
    detail: summaries(body),
  }),
  alerts_ended: (body) => ({ icon: BellOff, tone: "good", text: `${alertWords(body)} ended` }),
  transition: ({ transition, automatic, note }) => ({
    icon: transition === "resolve" || transition === "close" ? CheckCheck : StepForward,
    tone: transition === "reopen" ? "bad" : transition === "resolve" ? "good" : "step",
    deed: !automatic,
    text: automatic ? BY_ITSELF[transition] : DONE[transition],
    detail: note,
  }),
  severity: ({ from, to, reason }) => ({
    icon: ShieldAlert,
    tone: to < from ? "bad" : "step",
    deed: true,
    text: `${to < from ? "raised" : "lowered"} the severity from ${from} to ${to}`,
    detail: reason,
  }),
  role: ({ role, personId }, { nameOf }) => ({
    icon: UserRound,
    deed: true,
    text:
      personId === null
        ? `left the role of ${WORD_OF_ROLE[role]} open`
        : `made ${nameOf(personId)} ${WORD_OF_ROLE[role]}`,
  }),
  title: ({ from, to }) => ({
    icon: Type,
    deed: true,
    text: `renamed it to “${to}”`,
    detail: `was “${from}”`,
  }),
  time: ({ field, from, to }, { zone }) => ({
    icon: Clock,
    deed: true,
    text:
      to === null
        ? `took back when it ${WORD_OF_TIME[field]}`
        : `set the time it ${WORD_OF_TIME[field]} to ${formatTime(to, "full", zone)}`,
    detail: from === null ? null : `was ${formatTime(from, "full", zone)}`,
  }),
  note: () => ({ icon: PenLine, deed: true, text: "" }),
  chart: ({ title }) => ({ icon: ChartLine, deed: true, text: `kept a chart: ${title}` }),
  logs: ({ title, lines }) => ({
    icon: ScrollText,
    deed: true,
    text: `kept ${countOf(lines.length, "log line")}: ${title}`,
  }),
  attachment: ({ name }) => ({ icon: Paperclip, deed: true, text: `attached ${name}` }),
  pin: ({ pinned }) => ({ icon: Pin, deed: true, text: pinned ? "pinned an entry" : "unpinned an entry" }),
  notification: ({ channel, event, outcome, detail }) => ({
    icon: Send,
    tone: outcome === "dead" ? "bad" : "plain",
    text: `${NOTIFIED[outcome]} ${channel}: ${eventWord(event)}`,
    detail,
  }),
  escalated: ({ step, to, reason }) => ({
    icon: MoveUpRight,
    tone: "bad",
    text: `Escalated, step ${step}, to ${listOf(to)}`,
    detail: reason,
  }),
  merged: ({ from, into }) => ({ icon: GitMerge, deed: true, text: `merged ${from} into ${into}` }),
  burn: ({ slo, text, budgetRemainingRatio, worse }) => ({
    icon: Flame,
    tone: worse ? "bad" : "good",
    text: `${slo}: ${text}`,
    detail: budgetRemainingRatio === null ? null : `${writeRatio(budgetRemainingRatio)} of its budget left`,
  }),
  deploy: ({ service, version, text }) => ({
    icon: Rocket,
    text: `Deploy ${service} ${version}`,
    detail: text,
  }),
  action: ({ runbook, action, state, detail }) => ({
    icon: Wrench,
    deed: true,
    tone: state === "failed" || state === "unknown" ? "bad" : "step",
    text: `${action} of the runbook ${runbook}: ${state.replaceAll("_", " ")}`,
    detail,
  }),
  reminder: ({ text, dueAt }, { zone }) => ({
    icon: AlarmClock,
    tone: "bad",
    text: `Overdue since ${formatTime(dueAt, "dayClock", zone)}: ${text}`,
  }),
  postmortem: ({ version, step, reason }) => ({
    icon: BookOpen,
    deed: step !== "drafted",
    text: POSTMORTEM[step].replace("{version}", String(version)),
    detail: reason,
  }),
};

/** The event as messages word it; of a kind that is gone, its key. */
function eventWord(event: string): string {
  const words: Readonly<Record<string, string>> = EVENT_WORDS;
  return (words[event] ?? event).toLowerCase();
}

const NOTIFIED = { sent: "Told", dead: "Could not tell", dropped: "No longer had to tell" } as const;
const POSTMORTEM = {
  drafted: "The post-mortem was drafted",
  published: "published the post-mortem, version {version}",
  waived: "waived the post-mortem",
} as const;

/** How a fact reads on a timeline. The text is of people and sources: it is to be shown as text. */
export function eventWords(body: EventBody, context: WordContext): EventWords {
  const write = WRITERS[body.kind] as (body: EventBody, context: WordContext) => Words;
  return { deed: false, detail: null, tone: "plain", ...write(body, context) };
}
