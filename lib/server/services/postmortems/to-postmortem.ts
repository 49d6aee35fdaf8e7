import "server-only";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import type { Postmortem, PostmortemState } from "#lib/contracts/postmortems.ts";
import { needsPostmortem } from "#lib/domain/incidents/impact.ts";
import { draftSections } from "#lib/domain/postmortems/draft.ts";
import type { Sections } from "#lib/domain/postmortems/sections.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { findActionItems } from "#lib/server/db/action-item.repo.ts";
import type { Transaction } from "#lib/server/db/client.ts";
import type { IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { findPersonNames } from "#lib/server/db/person.repo.ts";
import { findPostmortems, type PostmortemRecord } from "#lib/server/db/postmortem.repo.ts";
import { toActionItems } from "#lib/server/services/action-items/to-action-item.ts";
import { timelineOf } from "#lib/server/services/incidents/timeline/entries.ts";
import { type IncidentFacts, toDetail } from "#lib/server/services/incidents/to-detail.ts";
import { eventInWords } from "./event-words.ts";

/** A long timeline is read where it stands; a draft takes its first so many lines. */
const MAX_LINES = 150;
const MAX_LINE_LENGTH = 400;
const MAX_SECTION_LENGTH = 20_000;

function linesOf(entries: readonly TimelineEntry[]): { atMs: number; text: string }[] {
  const lines = entries.flatMap(({ at, body }) => {
    const text = eventInWords(body);
    if (text === null) return [];
    return [{ atMs: Date.parse(at), text: harmlessText(text).slice(0, MAX_LINE_LENGTH) }];
  });
  return lines.slice(0, MAX_LINES);
}

/** Cut between lines: a section holds no more. */
function fitting(text: string): string {
  if (text.length <= MAX_SECTION_LENGTH) return text;
  const end = text.lastIndexOf("\n", MAX_SECTION_LENGTH);
  return text.slice(0, end < 0 ? MAX_SECTION_LENGTH : end);
}

function draftOf(incident: IncidentFacts, entries: readonly TimelineEntry[]): Sections {
  const ms = (at: string | null) => (at === null ? null : Date.parse(at));
  const draft = draftSections({
    ...incident,
    title: harmlessText(incident.title),
    startedAtMs: ms(incident.startedAt),
    detectedAtMs: Date.parse(incident.detectedAt),
    resolvedAtMs: ms(incident.resolvedAt),
    spent: incident.slos,
    timeline: linesOf(entries),
  });
  return { ...draft, timeline: fitting(draft.timeline) };
}

function stateOf(newest: PostmortemRecord | undefined): PostmortemState {
  if (!newest) return "none";
  if (newest.publishedAt) return "published";
  return newest.ready ? "review" : "draft";
}

function chartsOf(entries: readonly TimelineEntry[]): Postmortem["charts"] {
  return entries.flatMap(({ seq, at, body, pinned }) =>
    pinned && body.kind === "chart" ? { seq, at, title: body.title, query: body.query, data: body.data } : [],
  );
}

/** The waiver that closed an incident; one that was opened again since is not waived any more. */
function waiverOf(incident: IncidentFacts, entries: readonly TimelineEntry[]): Postmortem["waiver"] {
  if (incident.closedAt === null) return null;
  const last = entries.findLast(({ body }) => body.kind === "postmortem" && body.step !== "drafted");
  if (last?.body.kind !== "postmortem" || last.body.step !== "waived") return null;
  return { by: last.by, at: last.at, reason: last.body.reason ?? "" };
}

/** Everything of a post-mortem: what was saved, what the facts would write, what belongs to it. */
export async function toPostmortem(tx: Transaction, record: IncidentRecord): Promise<Postmortem> {
  const incident = await toDetail(tx, record);
  const { entries } = await timelineOf(tx, record.id);
  const versions = await findPostmortems(tx, record.id);
  const names = await findPersonNames(
    tx,
    versions.map(({ actorId }) => actorId),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? null });
  const now = new Date();
  const items = await findActionItems(tx, { incident: record.id, now });
  const draft = draftOf(incident, entries);
  const [newest] = versions;
  const { id, title, severity, phase, service, node, startedAt, detectedAt, resolvedAt, closedAt } = incident;
  return {
    incident: { id, title, severity, phase, service, node, startedAt, detectedAt, resolvedAt, closedAt },
    state: stateOf(newest),
    version: newest?.version ?? 0,
    by: newest ? person(newest.actorId) : null,
    at: newest?.at.toISOString() ?? null,
    sections: newest?.sections ?? draft,
    draft,
    required: needsPostmortem(incident.slos.map(({ spentRatio }) => spentRatio)),
    waiver: waiverOf(incident, entries),
    spent: incident.slos,
    charts: chartsOf(entries),
    actionItems: await toActionItems(tx, items, now),
    versions: versions.map(({ version, actorId, at, publishedAt }) => ({
      version,
      by: person(actorId),
      at: at.toISOString(),
      publishedAt: publishedAt?.toISOString() ?? null,
    })),
  };
}
