import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RoleEntry } from "#lib/contracts/access.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { authenticate } from "#lib/server/auth/authenticate.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { ask, signedIn, type SignedIn } from "#lib/server/testing/people.ts";
import { PATCH } from "../../../../app/api/v1/roles/[role]/route.ts";
import { GET } from "../../../../app/api/v1/roles/route.ts";

const PROD = { label: "namespace", operator: "=", value: "prod" } as const;

let disconnect: () => Promise<void>;
let admin: SignedIn;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().user.deleteMany();
  await db().roleLimit.deleteMany();
  admin = await signedIn("admin");
});

const list = async (by = admin) => (await ask<{ roles: RoleEntry[] }>(GET, by.headers)).body.roles;
const patch = (role: string, body: object, by = admin) => ask(PATCH, by.headers, { params: { role }, body });

describe("list", () => {
  it("tells each role's actions, holders and matchers, to whoever may look", async () => {
    const viewer = await signedIn("viewer");
    await signedIn("viewer", "sre");
    const roles = await list(viewer);
    expect(roles.map(({ role, people }) => [role, people])).toEqual([
      ["viewer", 2],
      ["sre", 1],
      ["product_owner", 0],
      ["release_manager", 0],
      ["admin", 1],
    ]);
    const actions = Object.fromEntries(roles.map((entry) => [entry.role, entry.actions]));
    expect(actions["viewer"]).toContain("measurements:read");
    expect(actions["viewer"]).not.toContain("catalogue:write");
    expect(actions["sre"]).toContain("catalogue:write");
    expect(actions["sre"]).not.toContain("people:read");
    expect(actions["admin"]).toContain("people:write");
    expect(roles.every(({ matchers, version }) => matchers.length === 0 && version === 0)).toBe(true);
  });
});

describe("confine", () => {
  it("holds from the next request on, together with the limits of every other role, and can be lifted", async () => {
    const both = await signedIn("viewer", "sre");
    const seen = async () => (await authenticate(new Headers(both.headers)))?.confinement;
    expect(await seen()).toEqual([]);
    expect(await patch("viewer", { version: 0, matchers: [PROD] })).toMatchObject({
      status: 200,
      body: { role: "viewer", matchers: [PROD], version: 1 },
    });
    expect(await seen()).toEqual([PROD]);
    const team = { label: "team", operator: "=~", value: "pay|core" } as const;
    await patch("sre", { version: 0, matchers: [team] });
    expect(await seen()).toEqual([team, PROD]);
    await patch("viewer", { version: 1, matchers: [] });
    expect(await seen()).toEqual([team]);
  });

  it("is on record", async () => {
    await patch("viewer", { version: 0, matchers: [PROD] });
    expect(await db().auditEntry.findFirstOrThrow({ orderBy: { seq: "desc" } })).toMatchObject({
      action: "role.confined",
      resourceType: "role",
      resourceId: "viewer",
      before: { matchers: [] },
      after: { matchers: [PROD] },
    });
  });

  it.each([0, 1])("lets one of two racing changes of version %i win", async (version) => {
    if (version === 1) await patch("viewer", { version: 0, matchers: [] });
    const values = ["a", "b"].map((value) => ({ ...PROD, value }));
    const race = await Promise.all(
      values.map((matcher) => patch("viewer", { version, matchers: [matcher] })),
    );
    expect(race.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = race.find(({ status }) => status === 409)!;
    expect(lost.body.current).toEqual((await list())[0]);
  });

  it.each<[string, object, string]>([
    ["a lookahead", { ...PROD, operator: "=~", value: "(?=p)rod" }, "matchers.0.value"],
    ["a broken pattern", { ...PROD, operator: "!~", value: "(" }, "matchers.0.value"],
    ["an operator there is not", { ...PROD, operator: "==" }, "matchers.0.operator"],
    ["a label that closes the selector", { ...PROD, label: 'a"}' }, "matchers.0.label"],
    ["a value of nothing", { ...PROD, value: "" }, "matchers.0.value"],
    ["a value with half a character", { ...PROD, value: "\udc00" }, "matchers.0.value"],
  ])("refuses %s, naming the field", async (_, matcher, path) => {
    const { status, body } = await patch("viewer", { version: 0, matchers: [matcher] });
    expect([status, body.errors?.map((error) => error.path)]).toEqual([422, [path]]);
    expect(await db().roleLimit.count()).toBe(0);
  });

  it("takes a value as it is where it is no pattern", async () => {
    const odd = { ...PROD, value: '(?!x)"}' };
    expect(await patch("viewer", { version: 0, matchers: [odd] })).toMatchObject({ status: 200 });
  });

  it("is for admins, and for roles that exist", async () => {
    const sre = await signedIn("sre");
    expect(await patch("sre", { version: 0, matchers: [] }, sre)).toMatchObject({ status: 403 });
    expect(await patch("root", { version: 0, matchers: [] })).toMatchObject({ status: 422 });
  });
});
