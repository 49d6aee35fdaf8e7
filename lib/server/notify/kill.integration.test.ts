import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { openIncident } from "#lib/server/services/incidents/create.ts";
import { makeChannel } from "#lib/server/services/notifications/channels.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { allowCatcher, type Catcher, CATCHER_ENVIRONMENT, startCatcher } from "./testing/catcher.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SCRIPT = fileURLToPath(new URL("./fixtures/send-notifications.ts", import.meta.url));
let catcher: Catcher;
let databaseUrl: string;
let disconnect: () => Promise<void>;

beforeAll(async () => {
  allowCatcher();
  catcher = await startCatcher();
  databaseUrl = await freshDatabase();
  disconnect = connectDatabase(databaseUrl);
});
afterAll(async () => {
  await disconnect();
  await catcher.close();
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.settings")];
});

const replica = () =>
  spawn(process.execPath, ["--import", "./register.ts", SCRIPT], {
    cwd: ROOT,
    env: { ...process.env, ...CATCHER_ENVIRONMENT, DATABASE_URL: databaseUrl },
    stdio: "inherit",
  });

it("killed between the message and its answer: sent once more by the next replica, under the same key, told once", async () => {
  const secret = { url: `${catcher.url}/room`, signingSecret: "0123456789abcdef" };
  await makeChannel(ADMIN, { name: "room", kind: "webhook", secret }, testCaller());
  await openIncident(ADMIN, { title: "checkout fails", severity: "P1" }, testCaller());
  const first = replica();
  catcher.respond = () => void first.kill("SIGKILL");
  await once(first, "exit");
  expect(catcher.caught).toHaveLength(1);
  expect(await db().notification.findMany()).toMatchObject([{ state: "waiting", attempts: 1 }]);
  catcher.respond = (response) => void response.writeHead(200).end();
  // A minute later: the dead one's lease is over.
  await db().$executeRaw`update notifications set leased_until = leased_until - interval '1 minute'`;
  const [exitCode] = await once(replica(), "exit");
  expect(exitCode).toBe(0);
  const keys = catcher.caught.map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  expect(await db().notification.findMany()).toMatchObject([{ id: keys[0], state: "sent", attempts: 2 }]);
  expect(await db().incidentEvent.count({ where: { kind: "notification" } })).toBe(1);
});
