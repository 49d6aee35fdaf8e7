import "server-only";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import type { Postmortem } from "#lib/contracts/postmortems.ts";
import { writeInstant } from "#lib/domain/postmortems/draft.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";

/** What an export says of its own standing: "published, version 3". */
export function standingOf({ state, version, waiver }: Postmortem): string {
  if (state === "none") return waiver ? "waived" : "draft from the facts, saved by nobody yet";
  const words = { draft: "draft", review: "draft in review", published: "published" } as const;
  return `${words[state]}, version ${version}`;
}

const instant = (at: string | null) => (at === null ? "not known" : writeInstant(Date.parse(at)));

/** The head of an export as names and plain values. */
export function headOf(postmortem: Postmortem): [string, string][] {
  const { incident, waiver } = postmortem;
  const { service, node, severity, startedAt, detectedAt, resolvedAt } = incident;
  return [
    ["Severity", severity],
    ["About", harmlessText(service ?? node ?? "nothing in particular")],
    ["Impact began", instant(startedAt)],
    ["Detected", instant(detectedAt)],
    ["Resolved", resolvedAt === null ? "not yet" : instant(resolvedAt)],
    ["Post-mortem", standingOf(postmortem)],
    ...(waiver ? [["Waived", harmlessText(waiver.reason)] satisfies [string, string]] : []),
  ];
}

/** An action item in plain words: "Alert earlier (Ada, due 2026-12-01, done)". */
export function itemInWords({ text, owner, dueAt, doneAt, overdue }: ActionItem): string {
  const more = [
    owner === null ? "no owner" : (owner.name ?? "a former member"),
    dueAt === null ? "no date" : `due ${dueAt.slice(0, 10)}`,
    ...(doneAt === null ? [] : [`done ${doneAt.slice(0, 10)}`]),
    ...(overdue ? ["overdue"] : []),
  ];
  return harmlessText(`${text} (${more.join(", ")})`);
}
