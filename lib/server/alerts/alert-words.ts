import "server-only";
import type { Occurrence } from "#lib/domain/alerts/occurrence.ts";

/** A timeline names so many alerts of a storm and counts the rest. */
const NAMED = 20;
const MAX_SUMMARY = 300;
const MAX_TITLE = 200;
/** Control characters, and those that make text read in another order than it is stored. */
const INVISIBLE = /[\p{Cc}\p{Cf}]+/gu;

/** Text from outside as one line that reads as it is stored. */
function line(text: string, maxLength: number): string {
  const plain = text.toWellFormed().replace(INVISIBLE, " ").replace(/\s+/g, " ").trim();
  return plain.length > maxLength ? `${plain.slice(0, maxLength - 1)}…` : plain;
}

export const nameOf = ({ labels }: Pick<Occurrence, "labels">) =>
  line(labels.alertname || "unnamed alert", MAX_TITLE);

/** What an alert says in a sentence; its name where it says nothing. */
export function summaryOf(alert: Pick<Occurrence, "labels" | "annotations">): string {
  return line(alert.annotations.summary ?? alert.annotations.message ?? "", MAX_SUMMARY) || nameOf(alert);
}

/** The title of an incident that some alerts open: what the first of them says. */
export function titleOf(occurrences: readonly Occurrence[]): string {
  const [first] = [...occurrences].sort((a, b) => a.startsAtMs - b.startsAtMs);
  return first ? line(summaryOf(first), MAX_TITLE) : "Alerts without a name";
}

/** Alerts as a timeline names them. */
export function alertsTold(occurrences: readonly Occurrence[]) {
  const alerts = occurrences.slice(0, NAMED).map((one) => ({
    name: nameOf(one),
    summary: summaryOf(one),
    fingerprint: one.fingerprint,
  }));
  return { count: occurrences.length, alerts };
}
