import "server-only";
import { randomUUID } from "node:crypto";
import { channelsToTell, quietUntilMs } from "#lib/domain/notifications/routing.ts";
import { findChannels } from "#lib/server/db/channel.repo.ts";
import { type Transaction, transaction } from "#lib/server/db/client.ts";
import { writeNotifications } from "#lib/server/db/notification.repo.ts";
import { lockReader, moveReader } from "#lib/server/db/timeline-reader.repo.ts";
import { readCatalogue } from "#lib/server/services/catalogue/shared-reading.ts";
import type { Fact, News, NewsSource } from "./news.ts";
import { policyInForce } from "./policy.ts";

const BATCH = 500;
/** What was written down that long after it happened is history, not news. */
const NEWS_MS = 86_400_000;
const MOST_TEXT = 2_000;
const TIME_DIGITS = 13;
const SEQ_DIGITS = 12;

/** Ids sort in the order of what they tell, from whichever source: that is the order in which it is sent. */
function notificationId(nowMs: number, seq: bigint): string {
  const time = String(nowMs).padStart(TIME_DIGITS, "0");
  return `${time}-${String(seq).padStart(SEQ_DIGITS, "0")}-${randomUUID().slice(0, 13)}`;
}

async function tierOf(service: string | null): Promise<string | null> {
  if (service === null) return null;
  return (await readCatalogue()).find(({ name }) => name === service)?.tier ?? null;
}

async function writeTold<F extends Fact>(
  tx: Transaction,
  source: NewsSource<F>,
  fact: F,
  now: Date,
): Promise<void> {
  const known = (await findChannels(tx)).filter(({ enabled }) => enabled).map(({ id }) => id);
  const news: News | null = await source.newsOf(tx, fact, known);
  if (!news) return;
  const { event, severity, service, incidentId, releaseId, actorId, version } = news;
  const { document: routing } = await policyInForce(tx, "routing");
  const routed = channelsToTell(routing, { event, severity, service, tier: await tierOf(service) }, known);
  const quietMs = quietUntilMs(routing.quietHours, { event, severity }, now.getTime());
  const channels = known.filter((id) => routed.includes(id) || news.channelIds.includes(id));
  const rows = channels.map((channelId) => ({
    id: notificationId(now.getTime(), fact.seq),
    channelId,
    incidentId,
    releaseId,
    event,
    subject: {
      ...{ text: news.text.slice(0, MOST_TEXT), at: fact.at.toISOString(), actorId },
      ...(version && { version }),
    },
    dueAt: quietMs === null ? now : new Date(quietMs),
    dedupeKey: `${source.prefix}${fact.seq}/${channelId}`,
  }));
  await writeNotifications(tx, rows);
}

/** The facts of one incident or release that people are told of, up to where another's begin, and the last number read. */
function ofOne<F extends Fact>(facts: readonly F[], nowMs: number): { told: F[]; upTo: bigint | null } {
  const told: F[] = [];
  let upTo: bigint | null = null;
  for (const fact of facts) {
    const isNews = fact.of !== null && nowMs - fact.at.getTime() <= NEWS_MS;
    // Rows of several in one transaction would lock them in an order that others do not keep.
    if (isNews && told[0] && told[0].of !== fact.of) break;
    if (isNews) told.push(fact);
    upTo = fact.seq;
  }
  return { told, upTo };
}

/**
 * Turns the next facts of a source into notifications and moves on behind them, both or neither: a replica that dies on
 * the way leaves nothing, and the next one begins where the last one ended.
 * @returns whether there may be more
 */
export async function routeNext<F extends Fact>(source: NewsSource<F>, nowMs: number): Promise<boolean> {
  return transaction(async (tx) => {
    const after = await lockReader(tx, source.reader);
    const facts = await source.factsAfter(tx, after, BATCH);
    const { told, upTo } = ofOne(facts, nowMs);
    for (const fact of told) await writeTold(tx, source, fact, new Date(nowMs));
    if (upTo === null) return false;
    await moveReader(tx, source.reader, upTo);
    return facts.length === BATCH || upTo !== facts.at(-1)?.seq;
  });
}
