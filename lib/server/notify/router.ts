import "server-only";
import { randomUUID } from "node:crypto";
import { channelsToTell, quietUntilMs } from "#lib/domain/notifications/routing.ts";
import { findChannels } from "#lib/server/db/channel.repo.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { type EventRecord, findEventsAfter } from "#lib/server/db/incident-event.repo.ts";
import { findIncident, type IncidentRecord } from "#lib/server/db/incident.repo.ts";
import { writeNotifications } from "#lib/server/db/notification.repo.ts";
import { lockReader, moveReader } from "#lib/server/db/timeline-reader.repo.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import { escalationTargets } from "./escalation-targets.ts";
import { policyInForce } from "./policy.ts";
import { type Told, toldOf } from "./told.ts";

const READER = "notifications";
const BATCH = 500;
/** What was written down that long after it happened is history, not news. */
const NEWS_MS = 86_400_000;
const MOST_TEXT = 2_000;
const SEQ_DIGITS = 12;

interface ToldFact {
  fact: EventRecord;
  told: Told;
}

/** Ids sort in the order of what they tell: that is the order in which it is sent. */
function notificationId(seq: bigint): string {
  return `${String(seq).padStart(SEQ_DIGITS, "0")}-${randomUUID().slice(0, 13)}`;
}

async function channelsFor(
  tx: Transaction,
  { fact, told }: ToldFact,
  incident: IncidentRecord,
  known: readonly string[],
): Promise<string[]> {
  const { document: routing } = await policyInForce(tx, "routing");
  const tier =
    incident.service === null
      ? null
      : ((await readCatalogue()).find(({ name }) => name === incident.service)?.tier ?? null);
  const { severity, service } = incident;
  const routed = channelsToTell(routing, { event: told.event, severity, service, tier }, known);
  if (fact.body.kind !== "escalated") return routed;
  const step = { severity, nth: fact.body.step, atMs: fact.at.getTime() };
  const { channelIds } = await escalationTargets(tx, step, known);
  return known.filter((id) => routed.includes(id) || channelIds.includes(id));
}

async function writeTold(tx: Transaction, one: ToldFact, now: Date): Promise<void> {
  const { fact, told } = one;
  const incident = await findIncident(tx, fact.incidentId);
  if (!incident) return;
  const known = (await findChannels(tx)).filter(({ enabled }) => enabled).map(({ id }) => id);
  const { document: routing } = await policyInForce(tx, "routing");
  const quietMs = quietUntilMs(routing.quietHours, incident.severity, now.getTime());
  const rows = (await channelsFor(tx, one, incident, known)).map((channelId) => ({
    id: notificationId(fact.seq),
    channelId,
    incidentId: incident.id,
    event: told.event,
    subject: { text: told.text.slice(0, MOST_TEXT), at: fact.at.toISOString(), actorId: fact.actorId },
    dueAt: quietMs === null ? now : new Date(quietMs),
    dedupeKey: `${fact.seq}/${channelId}`,
  }));
  await writeNotifications(tx, rows);
}

/** The facts of one incident that people are told of, up to where another one's begin, and the last number read. */
function ofOneIncident(
  facts: readonly EventRecord[],
  nowMs: number,
): { told: ToldFact[]; upTo: bigint | null } {
  const told: ToldFact[] = [];
  let upTo: bigint | null = null;
  for (const fact of facts) {
    const words = nowMs - fact.at.getTime() > NEWS_MS ? null : toldOf(fact.body);
    // Rows of several incidents in one transaction would lock them in an order that others do not keep.
    if (words && told[0] && told[0].fact.incidentId !== fact.incidentId) break;
    if (words) told.push({ fact, told: words });
    upTo = fact.seq;
  }
  return { told, upTo };
}

/**
 * Turns the next facts of timelines into notifications and moves on behind them, both or neither: a replica that dies on
 * the way leaves nothing, and the next one begins where the last one ended.
 * @returns whether there may be more
 */
export async function routeNext(nowMs: number): Promise<boolean> {
  return transaction(async (tx) => {
    const after = await lockReader(tx, READER);
    const facts = await findEventsAfter(tx, after, BATCH);
    const { told, upTo } = ofOneIncident(facts, nowMs);
    for (const one of told) await writeTold(tx, one, new Date(nowMs));
    if (upTo === null) return false;
    await moveReader(tx, READER, upTo);
    return facts.length === BATCH || upTo !== facts.at(-1)?.seq;
  });
}
