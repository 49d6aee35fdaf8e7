import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ForgeName } from "#lib/contracts/forges.ts";
import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import { soundFacts, soundSlo } from "#lib/domain/gate/testing.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { redecide } from "#lib/server/gate/redecide.ts";
import { allowCatcher, CATCHER_ENVIRONMENT } from "#lib/server/notify/testing/catcher.ts";
import { approveRelease } from "#lib/server/services/releases/approve.ts";
import { withdrawRelease } from "#lib/server/services/releases/withdraw.ts";
import { ADMIN, personWith } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { POST as postGitHub } from "../../../app/api/webhooks/github/route.ts";
import { POST as postGitLab } from "../../../app/api/webhooks/gitlab/route.ts";
import { tellNext } from "./teller.ts";
import {
  answerWell,
  eventHeaders,
  type FakeForges,
  forgesFileAt,
  recorded,
  startFakeForges,
} from "./testing/fake-forges.ts";
import { knowServices } from "./testing/known-services.ts";

/** What the gate measures: the budget's status of every service, fresh. */
let status: SloStatus;
vi.mock("#lib/server/gate/gather-facts.ts", () => ({
  gatherFacts: ({ name }: { name: string }) => {
    const nowMs = Date.now();
    const slo = soundSlo({
      key: `${name}/availability`,
      status,
      evaluatedAtMs: nowMs,
      newestSampleMs: nowMs,
    });
    const errors = { level: "OK", asOfMs: nowMs } as const;
    return Promise.resolve({ facts: soundFacts({ nowMs, service: name, slos: [slo], errors }), proof: [] });
  },
}));

const POSTS = { github: postGitHub, gitlab: postGitLab };
const EVENTS = {
  github: "github-protection-requested.json",
  gitlab: "gitlab-deployment-blocked.json",
} as const;
let fake: FakeForges;
let disconnect: () => Promise<void>;
let deliveries = 0;

beforeAll(async () => {
  fake = await startFakeForges();
  allowCatcher({ ...CATCHER_ENVIRONMENT, BURNLINE_FORGES: forgesFileAt(fake.url) });
  disconnect = connectDatabase(await freshDatabase());
  await knowServices("checkout", "payments");
});
afterAll(async () => {
  await disconnect();
  await fake.catcher.close();
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("burnline.settings")];
});
beforeEach(() => {
  status = "healthy";
  fake.answer = answerWell;
  fake.catcher.caught.length = 0;
});
afterEach(() =>
  db().forgeDeployment.updateMany({ where: { settledAt: null }, data: { settledAt: new Date() } }),
);

/** An event of its own: another commit, another run. */
function event(forge: ForgeName): string {
  deliveries += 1;
  const nth = String(deliveries).padStart(8, "0");
  return recorded(EVENTS[forge], fake.url)
    .replaceAll("5f1d8c2e", nth)
    .replaceAll("a17c90e4", nth)
    .replace("7351924680", `7${nth}`)
    .replace("640112358", `6${nth}`);
}
async function deliver(forge: ForgeName, body = event(forge), headers: Record<string, string> = {}) {
  const init = { method: "POST", body, headers: { ...eventHeaders(forge, body), ...headers } };
  const request = new Request(`http://localhost/api/webhooks/${forge}`, init);
  return POSTS[forge](request, { params: Promise.resolve({}) });
}
async function work(): Promise<void> {
  while (await tellNext(new AbortController().signal, fake.catcher.way));
}
/** Later: what is not due yet is, and leases are over. */
async function later(): Promise<void> {
  await db().forgeDeployment.updateMany({
    where: { settledAt: null },
    data: { dueAt: new Date(0), leasedUntil: null },
  });
  await work();
}
const newest = () => db().forgeDeployment.findFirstOrThrow({ orderBy: { receivedAt: "desc" } });
const states = () => fake.told().map(({ body }) => body.state ?? body.status ?? "report");
async function releaseOfNewest() {
  const { releaseId } = await newest();
  return db().release.findUniqueOrThrow({ where: { id: releaseId! } });
}
async function clear(verdict: "approved" | "rejected"): Promise<void> {
  const { id, decisionSeq } = await releaseOfNewest();
  const said = { id, kind: "review", verdict, reason: "looked at it", decisionSeq };
  await approveRelease(personWith("release_manager"), said, testCaller());
}

describe.each(["github", "gitlab"] as const)("%s", (forge) => {
  const reported = forge === "github" ? ["report"] : [];

  it("approves at once what the gate approves, in the name of whoever started it", async () => {
    expect((await deliver(forge)).status).toBe(200);
    expect(fake.catcher.caught).toEqual([]);
    await work();
    expect(states()).toEqual(["approved"]);
    expect(await newest()).toMatchObject({ told: "approved", settledAt: expect.any(Date), lastError: null });
    const release = await releaseOfNewest();
    expect(release).toMatchObject({ state: "approved", requestedBy: expect.stringMatching(`^${forge}:`) });
    const record = await db().decisionRecord.findUniqueOrThrow({ where: { seq: release.decisionSeq! } });
    expect(record.actorId).toBe(release.requestedBy);
    expect(
      await db().auditEntry.findMany({ where: { resourceId: release.id }, orderBy: { seq: "asc" } }),
    ).toMatchObject([{ action: "release.requested" }, { action: "release.forge_told" }]);
    await later();
    expect(states()).toEqual(["approved"]);
  });

  it("rejects what the gate blocks", async () => {
    status = "exhausted";
    await deliver(forge);
    await work();
    expect(states()).toEqual(["rejected"]);
    expect(fake.told()[0]?.body.comment).toContain("the release is blocked");
  });

  it("reports a review once, and approves when a person cleared it", async () => {
    status = "warning";
    await deliver(forge);
    await work();
    await later();
    await later();
    expect(states()).toEqual(reported);
    await clear("approved");
    await later();
    expect(states()).toEqual([...reported, "approved"]);
  });

  it("rejects when a person said no, when it was withdrawn, and when nobody decided in time", async () => {
    status = "warning";
    await deliver(forge);
    await work();
    await clear("rejected");
    await deliver(forge);
    await work();
    await withdrawRelease(ADMIN, { id: (await releaseOfNewest()).id, reason: "not today" }, testCaller());
    await deliver(forge);
    await work();
    await db().release.update({
      where: { id: (await newest()).releaseId! },
      data: { expiresAt: new Date() },
    });
    await later();
    expect(states().filter((state) => state !== "report")).toEqual(["rejected", "rejected", "rejected"]);
  });

  it("approves nothing that was revoked before it could be told", async () => {
    fake.answer = (response) => void response.writeHead(503).end();
    await deliver(forge);
    await work();
    expect(await releaseOfNewest()).toMatchObject({ state: "approved" });
    status = "exhausted";
    await redecide((await newest()).releaseId!, "system");
    expect(await releaseOfNewest()).toMatchObject({ state: "blocked" });
    fake.answer = answerWell;
    await later();
    expect(states()).toEqual(["approved", "rejected"]);
    expect(await newest()).toMatchObject({ told: "rejected", lastError: null });
  });

  it("approves nothing on a lease that is over", async () => {
    fake.answer = (response) => void response.writeHead(503).end();
    await deliver(forge);
    await work();
    await db().release.update({
      where: { id: (await newest()).releaseId! },
      data: { leaseUntil: new Date() },
    });
    await later();
    expect(states()).toEqual(["approved"]);
    expect(await newest()).toMatchObject({ settledAt: null, attempts: 0 });
  });

  it("is asked to come again: waits as long as it says, and tells once", async () => {
    fake.answer = (response) => void response.writeHead(429, { "retry-after": "90" }).end();
    await deliver(forge);
    const before = Date.now();
    await work();
    const { dueAt, attempts, lastError } = await newest();
    expect(dueAt.getTime() - before).toBeGreaterThanOrEqual(90_000);
    expect([attempts, lastError]).toEqual([1, "it answered HTTP 429"]);
    fake.answer = answerWell;
    await work();
    expect(states()).toEqual(["approved"]);
    await later();
    expect(states()).toEqual(["approved", "approved"]);
  });

  it("is left with what went wrong where it knows of no such deployment", async () => {
    fake.answer = (response) => void response.writeHead(404).end('{"message":"404 Not found"}');
    await deliver(forge);
    await work();
    const row = await newest();
    expect(row).toMatchObject({ told: null, lastError: "it answered HTTP 404: 404 Not found" });
    expect(row.settledAt).not.toBeNull();
    const audit = await db().auditEntry.findMany({ where: { resourceId: row.releaseId! } });
    expect(audit.map(({ action }) => action)).toContain("release.forge_not_told");
    await later();
    expect(fake.told()).toHaveLength(1);
  });

  it("is not asked for ever", async () => {
    fake.answer = (response) => void response.writeHead(500).end();
    await deliver(forge);
    for (let attempt = 0; attempt < 20; attempt += 1) await later();
    expect(fake.told()).toHaveLength(14);
    expect(await newest()).toMatchObject({ lastError: "14 attempts: it answered HTTP 500" });
  });

  it("delivered twice, at once and later, is one deployment and one verdict", async () => {
    const body = event(forge);
    const answers = await Promise.all([deliver(forge, body), deliver(forge, body)]);
    expect(answers.map((one) => one.status)).toEqual([200, 200]);
    await Promise.all([work(), work()]);
    await deliver(forge, body, { "x-github-delivery": "another", "x-gitlab-event-uuid": "another" });
    await later();
    expect(states()).toEqual(["approved"]);
  });

  it("gets no answer about a service that the settings or the catalogue do not name: never an approval", async () => {
    const body = event(forge).replaceAll("acme-shop/", "acme-other/");
    await deliver(forge, body);
    await work();
    await later();
    expect(states()).toEqual(reported);
    const row = await newest();
    expect(row.lastError).toContain("BURNLINE_FORGES does not say which service deployments of acme-other/");
    expect([row.releaseId, row.told, row.settledAt === null]).toEqual([null, null, false]);
  });

  it("takes a body up to 1 MiB, other events with 204, and what is not proven with 401", async () => {
    const before = await db().forgeDeployment.count();
    const ping = { "x-github-event": "ping", "x-gitlab-event": "Push Hook" };
    expect((await deliver(forge, '{"zen":"ä"}', ping)).status).toBe(204);
    expect((await deliver(forge, JSON.stringify({ pad: "x".repeat(1024 * 1024) }))).status).toBe(413);
    const unproven = { "x-hub-signature-256": "sha256=00", "x-gitlab-token": "no" };
    expect((await deliver(forge, event(forge), unproven)).status).toBe(401);
    expect((await deliver(forge, "{", unproven)).status).toBe(401);
    expect(await db().forgeDeployment.count()).toBe(before);
  });
});

it("reports each turn of a release, ten times at most, whatever becomes of a report", async () => {
  status = "warning";
  await deliver("github");
  await work();
  for (let turn = 0; turn < 14; turn += 1) {
    status = turn % 2 === 0 ? "critical" : "warning";
    fake.answer = turn === 3 ? (response) => void response.writeHead(500).end() : answerWell;
    await redecide((await newest()).releaseId!, "system");
    await later();
  }
  expect(states()).toEqual(Array<string>(10).fill("report"));
  status = "exhausted";
  await redecide((await newest()).releaseId!, "system");
  await later();
  expect(states().at(-1)).toBe("rejected");
  expect(states()).toHaveLength(11);
});

it("two environments that hold one release are both told", async () => {
  const body = event("github");
  await deliver("github", body);
  await deliver("github", body.replace('"id": 1187654321', '"id": 1187654322'));
  await work();
  expect(states()).toEqual(["approved", "approved"]);
  const rows = await db().forgeDeployment.findMany({ orderBy: { receivedAt: "desc" }, take: 2 });
  expect(new Set(rows.map(({ releaseId }) => releaseId)).size).toBe(1);
});

it("a stopping process gives the deployment back, as if nothing had been tried", async () => {
  await deliver("github");
  const stopping = new AbortController();
  fake.answer = () => stopping.abort();
  await tellNext(stopping.signal, fake.catcher.way);
  expect(await newest()).toMatchObject({ attempts: 0, leasedUntil: null, settledAt: null });
  fake.answer = answerWell;
  await work();
  expect(states()).toEqual(["approved", "approved"]);
});
