import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Person, Session } from "#lib/contracts/access.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { ask, PASSWORD, signedIn, type SignedIn, signIn } from "#lib/server/testing/people.ts";
import { POST as resetPassword } from "../../../../app/api/v1/people/[person]/password/route.ts";
import { PATCH } from "../../../../app/api/v1/people/[person]/route.ts";
import {
  DELETE as endSessions,
  GET as sessions,
} from "../../../../app/api/v1/people/[person]/sessions/route.ts";
import { GET, POST } from "../../../../app/api/v1/people/route.ts";

let disconnect: () => Promise<void>;
let admin: SignedIn;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().user.deleteMany();
  admin = await signedIn("admin");
});

const list = async (by = admin) => (await ask<{ people: Person[] }>(GET, by.headers)).body.people;
const one = async (id: string) => (await list()).find((person) => person.id === id)!;
const create = (body: object) => ask<{ person: Person; password: string }>(POST, admin.headers, { body });
const refusedCreate = (body: object) => ask(POST, admin.headers, { body });
const patch = (id: string, body: object, by = admin) =>
  ask(PATCH, by.headers, { params: { person: id }, body });
const lastRecord = () => db().auditEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });
const ADA = { name: "Ada Lovelace", email: "Ada@Example.org", roles: ["viewer", "sre"] };

describe("create", () => {
  it("makes an account that signs in with the password shown, once it is changed", async () => {
    const { status, body } = await create(ADA);
    expect(status).toBe(200);
    expect(body.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(body.person).toMatchObject({
      name: "Ada Lovelace",
      email: "ada@example.org",
      roles: ["viewer", "sre"],
      disabled: false,
      mustChangePassword: true,
      hasSecondFactor: false,
      signsInWith: ["password"],
      sessions: 0,
      lastSeenAt: null,
      version: 1,
    });
    const headers = await signIn("ada@example.org", body.password);
    expect(await ask(GET, headers)).toMatchObject({
      status: 403,
      body: { code: "password_change_required" },
    });
    await expect(signIn("ada@example.org", `${body.password}x`)).rejects.toThrow("401");
  });

  it("takes the password it is given, and makes another one for everybody else", async () => {
    expect((await create({ ...ADA, password: PASSWORD })).body.password).toBe(PASSWORD);
    await signIn("ada@example.org", PASSWORD);
    const others = await Promise.all([
      create({ ...ADA, email: "b@x.org" }),
      create({ ...ADA, email: "c@x.org" }),
    ]);
    expect(new Set(others.map(({ body }) => body.password)).size).toBe(2);
  });

  it("is on record without name, e-mail and password", async () => {
    const { person, password } = (await create(ADA)).body;
    const { seq, ...record } = await lastRecord();
    expect(record).toMatchObject({
      actorId: admin.id,
      action: "person.created",
      resourceType: "person",
      resourceId: person.id,
      before: null,
      after: { roles: ["viewer", "sre"] },
    });
    expect(JSON.stringify(record)).not.toMatch(new RegExp(`\\bada\\b|lovelace|${password}`, "i"));
    expect(await db().auditPersonal.findUniqueOrThrow({ where: { seq } })).toMatchObject({
      personIds: [admin.id],
      address: "192.0.2.7",
    });
  });

  it("refuses an e-mail that is taken, in any case of its letters, and among equals at once", async () => {
    const race = await Promise.all([refusedCreate(ADA), refusedCreate({ ...ADA, email: "ADA@example.ORG" })]);
    expect(race.map(({ status }) => status).sort()).toEqual([200, 422]);
    const late = await refusedCreate({ ...ADA, name: "Another" });
    expect(late.body).toMatchObject({ code: "invalid", errors: [{ path: "email" }] });
    expect(await list()).toHaveLength(2);
  });

  it.each<[string, object, string]>([
    ["a name read from right to left", { name: "Ada \u202Egpj.exe" }, "name"],
    ["a name with an isolate", { name: "Ada\u2066" }, "name"],
    ["a name that colours a terminal", { name: "\u001b[31mAda" }, "name"],
    ["a name of two lines", { name: "Ada\nAdmin" }, "name"],
    ["a name with a NUL", { name: "Ada\u0000" }, "name"],
    ["half a character", { name: "Ada\ud800" }, "name"],
    ["no name", { name: "  " }, "name"],
    ["no e-mail", { email: "ada" }, "email"],
    ["no role", { roles: [] }, "roles"],
    ["a role there is not", { roles: ["root"] }, "roles.0"],
    ["a role twice", { roles: ["sre", "sre"] }, "roles"],
    ["a short password", { password: "elevenchars" }, "password"],
  ])("refuses %s, naming the field", async (_, wrong, path) => {
    const { status, body } = await refusedCreate({ ...ADA, ...wrong });
    expect([status, body.code, body.errors?.map((error) => error.path)]).toEqual([422, "invalid", [path]]);
    expect(await list()).toHaveLength(1);
  });

  it.each([
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; drop table users; --",
    "ליאורה",
  ])("keeps the name %s as it is: it is text", async (name) => {
    expect((await create({ ...ADA, name })).body.person.name).toBe(name);
    expect(await list()).toContainEqual(expect.objectContaining({ name }));
  });
});

describe("change", () => {
  it("changes what it names, counts the version up and is on record without names", async () => {
    const sre = await signedIn("sre");
    const { status, body } = await patch(sre.id, {
      version: 1,
      name: "Grace",
      roles: ["viewer", "product_owner"],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: "Grace",
      email: sre.email,
      roles: ["viewer", "product_owner"],
      version: 2,
    });
    expect(body).toEqual(await one(sre.id));
    expect(await lastRecord()).toMatchObject({
      action: "person.changed",
      resourceId: sre.id,
      before: { roles: ["sre"], disabled: false },
      after: { roles: ["viewer", "product_owner"], disabled: false, renamed: true, endedSessions: 0 },
    });
  });

  it("answers a stale version with the current state, and lets one of two racing changes win", async () => {
    const sre = await signedIn("sre");
    const race = await Promise.all(["A", "B"].map((name) => patch(sre.id, { version: 1, name })));
    expect(race.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = race.find(({ status }) => status === 409)!;
    expect(lost.body).toMatchObject({ code: "conflict", current: await one(sre.id) });
  });

  it("takes lowered roles away with the next request of the same session", async () => {
    const second = await signedIn("admin");
    expect(await list(second)).toHaveLength(2);
    await patch(second.id, { version: 1, roles: ["viewer"] });
    expect(await ask(GET, second.headers)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  it("signs out who is disabled, and lets them in again later", async () => {
    const second = await signedIn("admin");
    expect((await patch(second.id, { version: 1, disabled: true })).body).toMatchObject({
      disabled: true,
      sessions: 0,
    });
    expect(await ask(GET, second.headers)).toMatchObject({ status: 401 });
    expect(await lastRecord()).toMatchObject({ after: { disabled: true, endedSessions: 1 } });
    expect((await patch(second.id, { version: 2, disabled: false })).body).toMatchObject({ disabled: false });
    expect(await ask(GET, await signIn(second.email, PASSWORD))).toMatchObject({ status: 200 });
  });

  it("refuses a session of somebody disabled that was made all the same", async () => {
    const second = await signedIn("admin");
    await db().user.update({ where: { id: second.id }, data: { disabledAt: new Date() } });
    expect(await ask(GET, second.headers)).toMatchObject({ status: 401 });
  });

  it("knows nobody of an unknown id, nor of one that cannot be", async () => {
    expect(await patch("nobody", { version: 1 })).toMatchObject({ status: 404 });
    expect(await patch("no\u0000body", { version: 1 })).toMatchObject({
      status: 422,
      body: { code: "invalid" },
    });
  });
});

describe("the last admin", () => {
  it("keeps the role and a working account", async () => {
    expect((await patch(admin.id, { version: 1, roles: ["sre"] })).body.errors).toEqual([
      { path: "roles", message: "this is the last admin whose account works" },
    ]);
    const disabled = await signedIn("admin");
    await patch(disabled.id, { version: 1, disabled: true });
    expect(await patch(admin.id, { version: 1, roles: ["sre"] })).toMatchObject({ status: 422 });
    expect(await patch(admin.id, { version: 1, roles: ["sre", "admin"] })).toMatchObject({ status: 200 });
  });

  it("is left when two admins demote each other at once, round after round", async () => {
    for (let round = 0; round < 10; round++) {
      const other = await signedIn("admin");
      const [mine, theirs] = [await one(admin.id), await one(other.id)];
      const race = await Promise.all([
        patch(other.id, { version: theirs.version, roles: ["viewer"] }),
        patch(admin.id, { version: mine.version, roles: ["viewer"] }, other),
      ]);
      // Whoever comes late is no admin any more, or is the last one.
      const [won, lost] = race.map(({ status }) => status).sort();
      expect([won, [403, 422].includes(lost!)]).toEqual([200, true]);
      const left = await db().user.findMany({ where: { roles: { has: "admin" } } });
      expect(left).toHaveLength(1);
      if (left[0]!.id === other.id) admin = other;
    }
  });

  it("cannot disable themselves, not even beside another one", async () => {
    await signedIn("admin");
    const { status, body } = await patch(admin.id, { version: 1, disabled: true });
    expect([status, body.errors?.[0]?.path]).toEqual([422, "disabled"]);
  });
});

describe("reset of a password", () => {
  const reset = (id: string) =>
    ask<{ password: string }>(resetPassword, admin.headers, { params: { person: id }, body: {} });

  it("lets only the new one in, ends the sessions and must be changed", async () => {
    const sre = await signedIn("sre");
    const { password } = (await reset(sre.id)).body;
    expect(await ask(GET, sre.headers)).toMatchObject({ status: 401 });
    await expect(signIn(sre.email, PASSWORD)).rejects.toThrow("401");
    await signIn(sre.email, password);
    expect(await one(sre.id)).toMatchObject({ mustChangePassword: true, sessions: 1 });
    const record = await lastRecord();
    expect(record).toMatchObject({
      action: "password.reset",
      resourceId: sre.id,
      after: { endedSessions: 1 },
    });
    expect(JSON.stringify(record)).not.toContain(password);
  });

  it("gives a password to who had none", async () => {
    const sre = await signedIn("sre");
    await db().account.updateMany({ where: { userId: sre.id }, data: { providerId: "oidc" } });
    expect(await one(sre.id)).toMatchObject({ signsInWith: ["oidc"] });
    await signIn(sre.email, (await reset(sre.id)).body.password);
    expect(await one(sre.id)).toMatchObject({ signsInWith: ["password", "oidc"] });
  });

  it("is not the way to change one's own, nor that of nobody", async () => {
    expect(await reset(admin.id)).toMatchObject({ status: 422 });
    expect(await reset("nobody")).toMatchObject({ status: 404 });
    expect(await list()).toHaveLength(1);
  });
});

describe("sessions of a person", () => {
  const of = async (id: string, by = admin) =>
    (await ask<{ sessions: Session[] }>(sessions, by.headers, { params: { person: id } })).body.sessions;

  it("lists those that run, says which one asks, and never what proves them", async () => {
    await signIn(admin.email, PASSWORD);
    await db().session.create({
      data: { id: "old", token: "t", userId: admin.id, expiresAt: new Date(Date.now() - 1000) },
    });
    const found = await of(admin.id);
    expect(found.map(({ current }) => current).sort()).toEqual([false, true]);
    const tokens = await db().session.findMany({ select: { token: true } });
    for (const { token } of tokens) expect(JSON.stringify(found)).not.toContain(`"${token}"`);
  });

  it("ends them all, on record; the person stays known as seen", async () => {
    const second = await signedIn("admin");
    await patch(admin.id, { version: 1, name: "Renamed" }, second);
    await ask(endSessions, admin.headers, { params: { person: second.id } });
    expect(await ask(GET, second.headers)).toMatchObject({ status: 401 });
    expect(await lastRecord()).toMatchObject({ action: "sessions.ended", after: { endedSessions: 1 } });
    const { sessions: running, lastSeenAt } = await one(second.id);
    expect(running).toBe(0);
    expect(Date.now() - Date.parse(lastSeenAt!)).toBeLessThan(60_000);
  });

  it("lets everybody see and end their own, and nobody else's", async () => {
    const viewer = await signedIn("viewer");
    expect(await of(viewer.id, viewer)).toHaveLength(1);
    expect(await ask(sessions, viewer.headers, { params: { person: admin.id } })).toMatchObject({
      status: 403,
    });
    expect(await ask(endSessions, viewer.headers, { params: { person: admin.id } })).toMatchObject({
      status: 403,
    });
    expect(await of("nobody")).toBeUndefined();
  });
});
