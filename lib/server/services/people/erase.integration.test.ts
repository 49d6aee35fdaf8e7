import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordAudit } from "#lib/server/audit/record.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { verifyAudit } from "#lib/server/services/audit/verify.ts";
import { personWith } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { until } from "#lib/server/testing/real-servers.ts";
import { ask, PASSWORD, signedIn, type SignedIn, signIn } from "#lib/server/testing/people.ts";
import { DELETE as erase, PATCH } from "../../../../app/api/v1/people/[person]/route.ts";
import { GET as people } from "../../../../app/api/v1/people/route.ts";
import { POST as createToken } from "../../../../app/api/v1/tokens/route.ts";

let disconnect: () => Promise<void>;
let admin: SignedIn;
let gone: SignedIn;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().user.deleteMany();
  admin = await signedIn("admin");
  gone = await signedIn("admin");
});

const TOKEN = { name: "ci", role: "admin", scopes: ["read", "admin"], expiresInDays: 1 };
const eraseBy = (by: SignedIn, id: string) => ask(erase, by.headers, { params: { person: id } });
const rename = (by: SignedIn, id: string, version: number) =>
  ask(PATCH, by.headers, { params: { person: id }, body: { version, name: `R${version}` } });
const traces = (id: string) => db().auditPersonal.findMany({ where: { personIds: { has: id } } });

/** How many want to append to the log while somebody does. */
async function waitingForTheLog(): Promise<number> {
  const [row] = await db().$queryRaw<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_locks
    where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`;
  return row!.waiting;
}

describe("erasing a person", () => {
  it("takes account, sessions, second factor, tokens and pending sign-ins away", async () => {
    const made = await ask<{ secret: string }>(createToken, gone.headers, { body: TOKEN });
    const bearer = { authorization: `Bearer ${made.body.secret}` };
    expect(await ask(people, bearer)).toMatchObject({ status: 200 });
    await db().twoFactor.create({ data: { id: "f", secret: "s", backupCodes: "b", userId: gone.id } });
    const soon = new Date(Date.now() + 60_000);
    await db().verification.create({ data: { id: "v", identifier: "i", value: gone.id, expiresAt: soon } });

    expect(await eraseBy(admin, gone.id)).toMatchObject({ status: 200, body: { done: true } });
    expect(await ask(people, bearer)).toMatchObject({ status: 401 });
    expect(await ask(people, gone.headers)).toMatchObject({ status: 401 });
    await expect(signIn(gone.email, PASSWORD)).rejects.toThrow("401");
    const owned = { where: { userId: gone.id } };
    const left = await Promise.all([
      db().user.count({ where: { id: gone.id } }),
      db().account.count(owned),
      db().session.count(owned),
      db().twoFactor.count(owned),
      db().apiToken.count({ where: { ownerId: gone.id } }),
      db().verification.count({ where: { value: gone.id } }),
    ]);
    expect(left).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("takes their name and addresses out of the records, which stay and verify", async () => {
    await rename(gone, gone.id, 1);
    await rename(gone, admin.id, 1);
    await rename(admin, gone.id, 2);
    await rename(admin, admin.id, 2);
    const before = await db().auditEntry.findMany({ orderBy: { seq: "asc" } });
    expect(await traces(gone.id)).toHaveLength(2);

    await eraseBy(admin, gone.id);
    expect(await traces(gone.id)).toEqual([]);
    const after = await db().auditEntry.findMany({ orderBy: { seq: "asc" }, include: { personal: true } });
    expect(after.slice(0, -1).map(({ personal: _, ...entry }) => entry)).toEqual(before);
    expect(after.at(-1)).toMatchObject({
      actorId: admin.id,
      action: "person.erased",
      resourceId: gone.id,
      personal: { personIds: [admin.id], actorName: "R2", address: "192.0.2.7" },
    });
    const aboutThem = after.find(({ actorId, resourceId }) => actorId === admin.id && resourceId === gone.id);
    expect(aboutThem).toMatchObject({ personal: { actorName: expect.any(String) } });
    expect(after.at(-2)).toMatchObject({ personal: { personIds: [admin.id] } });
    const verdict = await verifyAudit(personWith("admin"), {}, testCaller());
    expect(verdict).toMatchObject({ ok: true, records: after.length });
  });

  it("leaves no name behind of what they did at the same moment", async () => {
    const note = { action: "test.noted", resource: { type: "test", id: "t" } };
    const noteBy = (id: string) =>
      transaction((tx) => recordAudit(tx, { ...personWith("admin"), id }, testCaller(), note));
    let late: Promise<unknown>[] = [];
    await transaction(async (tx) => {
      await recordAudit(tx, { ...personWith("admin"), id: admin.id }, testCaller(), note);
      const erasing = eraseBy(admin, gone.id);
      await until(async () => (await waitingForTheLog()) === 1);
      late = [erasing, noteBy(gone.id)];
      await until(async () => (await waitingForTheLog()) === 2);
    });
    await Promise.all(late);
    expect(await db().auditEntry.count({ where: { actorId: gone.id, action: "test.noted" } })).toBe(1);
    expect((await traces(gone.id)).filter(({ actorName, address }) => actorName ?? address)).toEqual([]);
  });

  it("is refused for oneself, for nobody, and to whoever may not", async () => {
    const viewer = await signedIn("viewer");
    const { status, body } = await eraseBy(admin, admin.id);
    expect([status, body.errors?.[0]?.path]).toEqual([422, "person"]);
    expect(await eraseBy(admin, "nobody")).toMatchObject({ status: 404 });
    expect(await eraseBy(viewer, gone.id)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining("admin") },
    });
    expect(await db().user.count()).toBe(3);
  });

  it("leaves one of two admins who erase each other at once", async () => {
    const race = await Promise.all([eraseBy(admin, gone.id), eraseBy(gone, admin.id)]);
    const [won, lost] = race.map(({ status }) => status).sort();
    expect([won, [401, 422].includes(lost!)]).toEqual([200, true]);
    expect(await db().user.count()).toBe(1);
  });
});
