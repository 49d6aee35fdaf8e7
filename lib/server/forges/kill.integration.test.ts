import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { allowCatcher, CATCHER_ENVIRONMENT } from "#lib/server/notify/testing/catcher.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { POST } from "../../../app/api/webhooks/github/route.ts";
import {
  answerWell,
  eventHeaders,
  type FakeForges,
  forgesFileAt,
  recorded,
  startFakeForges,
} from "./testing/fake-forges.ts";
import { knowServices } from "./testing/known-services.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SCRIPT = fileURLToPath(new URL("./fixtures/tell-forges.ts", import.meta.url));
let fake: FakeForges;
let environment: Record<string, string>;
let disconnect: () => Promise<void>;

beforeAll(async () => {
  fake = await startFakeForges();
  const databaseUrl = await freshDatabase();
  environment = {
    ...CATCHER_ENVIRONMENT,
    BURNLINE_FORGES: forgesFileAt(fake.url),
    DATABASE_URL: databaseUrl,
  };
  allowCatcher(environment);
  disconnect = connectDatabase(databaseUrl);
  await knowServices("checkout");
});
afterAll(async () => {
  await disconnect();
  await fake.catcher.close();
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.settings")];
});

const replica = () =>
  spawn(process.execPath, ["--import", "./register.ts", SCRIPT], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: "inherit",
  });
const words = () => fake.told().map(({ body }) => body.state ?? "report");

it("killed before the answer of a report and of a verdict: each is told once more, the verdict not lost", async () => {
  const body = recorded("github-protection-requested.json", fake.url);
  const request = new Request("http://localhost/api/webhooks/github", {
    method: "POST",
    body,
    headers: eventHeaders("github", body),
  });
  expect((await POST(request, { params: Promise.resolve({}) })).status).toBe(200);

  // Nothing is measured here, so the gate wants a review.
  const first = replica();
  fake.answer = () => void first.kill("SIGKILL");
  await once(first, "exit");
  expect(words()).toEqual(["report"]);
  const [held] = await db().forgeDeployment.findMany();
  expect(held).toMatchObject({ told: null, reports: 1, settledAt: null, attempts: 1 });
  const release = await db().release.findUniqueOrThrow({ where: { id: held!.releaseId! } });
  expect(release).toMatchObject({ state: "waiting", service: "checkout", version: "v2.14.0" });

  // A minute later the dead one's lease is over; somebody approved meanwhile.
  const leaseUntil = new Date(Date.now() + 3_600_000);
  await db().release.update({ where: { id: release.id }, data: { state: "approved", leaseUntil } });
  const soon = { leasedUntil: null, dueAt: new Date(0) };
  await db().forgeDeployment.updateMany({ data: soon });
  const second = replica();
  fake.answer = () => void second.kill("SIGKILL");
  await once(second, "exit");
  expect(words()).toEqual(["report", "approved"]);
  expect(await db().forgeDeployment.findMany()).toMatchObject([{ told: null, settledAt: null }]);

  fake.answer = answerWell;
  await db().forgeDeployment.updateMany({ data: soon });
  const [exitCode] = await once(replica(), "exit");
  expect(exitCode).toBe(0);
  expect(words()).toEqual(["report", "approved", "approved"]);
  const [settled] = await db().forgeDeployment.findMany();
  expect(settled).toMatchObject({ told: "approved", lastError: null, releaseId: release.id });
  expect(settled?.settledAt).not.toBeNull();
  expect(await db().release.count()).toBe(1);
});
