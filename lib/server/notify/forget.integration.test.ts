import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { forgetNotifications } from "#lib/server/db/notification.repo.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000);

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  for (const id of ["busy", "quiet", "never"])
    await db().channel.create({ data: { id, name: id, kind: "webhook", config: {} } });
});
afterAll(() => disconnect());

async function notification(id: string, channelId: string, state: string, days: number): Promise<void> {
  const dueAt = daysAgo(days);
  const data = { id, channelId, state, dueAt, event: "opened", subject: {}, dedupeKey: id };
  await db().notification.create({ data: { ...data, sentAt: state === "sent" ? dueAt : null } });
  await db().notificationAttempt.create({ data: { notificationId: id, outcome: state } });
}

it("forgets what was settled 90 days ago, and neither what is dead nor when a channel was told last", async () => {
  await notification("old", "busy", "sent", 91);
  await notification("older, never sent", "busy", "dropped", 400);
  await notification("new", "busy", "sent", 89);
  await notification("dead", "busy", "dead", 400);
  await notification("waits for a channel that is off", "busy", "waiting", 400);
  await notification("last of its channel", "quiet", "sent", 200);
  await notification("before the last", "quiet", "sent", 201);
  await notification("dropped where nothing was sent", "never", "dropped", 91);
  expect(await transaction((tx) => forgetNotifications(tx, daysAgo(90)))).toBe(4);
  const left = await db().notification.findMany({ orderBy: { id: "asc" } });
  expect(left.map(({ id }) => id)).toEqual([
    "dead",
    "last of its channel",
    "new",
    "waits for a channel that is off",
  ]);
  expect(await db().notificationAttempt.count()).toBe(4);
  expect(await transaction((tx) => forgetNotifications(tx, daysAgo(90)))).toBe(0);
});
