import { NO_FIGURE, writeRatio, writeSeconds } from "../words/figures.ts";
import type { Durations } from "../incidents/durations.ts";
import { plainInMarkdown } from "./markdown-text.ts";
import { mapSections, type SectionKey, type Sections } from "./sections.ts";

/** What is known of an incident without anybody having written it; times in ms, null: not known. */
export interface IncidentFacts {
  id: string;
  title: string;
  severity: string;
  service: string | null;
  node: string | null;
  startedAtMs: number | null;
  detectedAtMs: number;
  resolvedAtMs: number | null;
  durations: Durations;
  spent: readonly { key: string; target: number; spentRatio: number | null }[];
  /** In order of time; `text` is plain. */
  timeline: readonly { atMs: number; text: string }[];
}

/** An instant as documents name it: "2026-11-20 14:26:05 UTC". */
export function writeInstant(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

const known = (seconds: number | null) => (seconds === null ? "not known" : writeSeconds(seconds));

function summaryOf({ title, severity, service, node, startedAtMs, ...rest }: IncidentFacts): string {
  const subject = service ?? node;
  const about = subject === null ? "" : ` It was about ${plainInMarkdown(subject)}.`;
  const began = startedAtMs === null ? "" : ` The impact began at ${writeInstant(startedAtMs)}.`;
  const seen = ` It was detected at ${writeInstant(rest.detectedAtMs)}`;
  const ended =
    rest.resolvedAtMs === null
      ? " and is not resolved yet."
      : ` and resolved at ${writeInstant(rest.resolvedAtMs)}.`;
  return `${severity}: ${plainInMarkdown(title)}.${about}${began}${seen}${ended}`;
}

function impactOf({ durations }: IncidentFacts): string {
  const { detectSeconds, acknowledgeSeconds, mitigateSeconds, resolveSeconds } = durations;
  return [
    `- Detected after (TTD): ${known(detectSeconds)}`,
    `- Acknowledged after (TTA): ${known(acknowledgeSeconds)}`,
    `- Mitigated after (TTM): ${known(mitigateSeconds)}`,
    `- Resolved after (TTR): ${known(resolveSeconds)}`,
  ].join("\n");
}

function spentOf({ spent }: IncidentFacts): string {
  if (spent.length === 0) return "No SLO is kept for what it was about.";
  return spent
    .map(({ key, target, spentRatio }) => {
      const cost = spentRatio === null ? `${NO_FIGURE} (nothing was measured)` : writeRatio(spentRatio);
      return `- ${plainInMarkdown(key)} (${writeTarget(target)}): ${cost} of the budget`;
    })
    .join("\n");
}

/** A target keeps its nines: 0.9995 → "99.95 %". */
function writeTarget(target: number): string {
  return `${Number((target * 100).toFixed(6))} %`;
}

function timelineOf({ timeline }: IncidentFacts): string {
  return timeline.map(({ atMs, text }) => `- ${writeInstant(atMs)} — ${plainInMarkdown(text)}`).join("\n");
}

const FILLED: Partial<Record<SectionKey, (facts: IncidentFacts) => string>> = {
  summary: summaryOf,
  impact: impactOf,
  budgetSpent: spentOf,
  timeline: timelineOf,
};

/** A post-mortem as far as facts can write it; what only people can say is left empty. No person is named. */
export function draftSections(facts: IncidentFacts): Sections {
  return mapSections((key) => FILLED[key]?.(facts) ?? "");
}
