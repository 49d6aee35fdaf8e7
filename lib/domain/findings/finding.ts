import { compareStatus, type Status } from "#lib/domain/status/status.ts";

/** Something that needs attention: the number, why it matters, what to do next. */
export interface Finding {
  id: string;
  status: Status;
  subject: { kind: "service" | "node" | "journey" | "namespace" | "source"; name: string };
  title: string;
  reason: string;
  nextStep: string;
}

/** A finding with what ranking and the cluster's one sentence need. */
export interface RankedFinding extends Finding {
  /** Among findings of one status the most urgent comes first. */
  urgency: number;
  /** How the finding reads inside a sentence: the bad news, and what may follow it uncoloured. */
  clause: { text: string; tail: string };
}

/** How urgent each kind of finding is among those of its status; what hurts users now comes first. */
export const URGENCY = {
  sourceDown: 110,
  nodeDown: 100,
  errors: 90,
  latency: 80,
  batch: 70,
  budget: 65,
  disk: 60,
  gauge: 50,
  pods: 40,
  forecast: 30,
  traffic: 20,
  noData: 10,
} as const;

const MOST_FINDINGS = 20;

/** Worst status first, then most urgent, then by id, so that equal inputs give the same list; 20 at most. */
export function rankFindings(findings: readonly RankedFinding[]): RankedFinding[] {
  return [...findings]
    .sort((a, b) => compareStatus(a.status, b.status) || b.urgency - a.urgency || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_FINDINGS);
}

/** The finding as callers see it. */
export function toFinding({ id, status, subject, title, reason, nextStep }: RankedFinding): Finding {
  return { id, status, subject, title, reason, nextStep };
}
