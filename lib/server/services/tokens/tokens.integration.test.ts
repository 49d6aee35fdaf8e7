import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ApiToken } from "#lib/contracts/access.ts";
import { hashToken } from "#lib/server/auth/token-secret.ts";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { ask, signedIn, type SignedIn } from "#lib/server/testing/people.ts";
import { PATCH as patchPerson } from "../../../../app/api/v1/people/[person]/route.ts";
import { GET as roles } from "../../../../app/api/v1/roles/route.ts";
import { DELETE } from "../../../../app/api/v1/tokens/[token]/route.ts";
import { GET, POST } from "../../../../app/api/v1/tokens/route.ts";

interface Made {
  token: ApiToken;
  secret: string;
}
type Headers = Record<string, string>;
const DAY_MS = 86_400_000;
const CI = { name: "CI of checkout", role: "sre", scopes: ["read", "query"], expiresInDays: 30 };

let disconnect: () => Promise<void>;
let keeper: SignedIn;
let owner: SignedIn;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().user.deleteMany();
  keeper = await signedIn("admin");
  owner = await signedIn("admin");
});

const bearer = (secret: string): Headers => ({ authorization: `Bearer ${secret}` });
const make = async (more: object = {}, headers: Headers = owner.headers) =>
  (await ask<Made>(POST, headers, { body: { ...CI, ...more } })).body;
const refusedMake = (more: object, headers: Headers = owner.headers) =>
  ask(POST, headers, { body: { ...CI, ...more } });
const use = async (secret: string) => (await ask(roles, bearer(secret))).status;
const stateOf = async (id: string) =>
  (await ask<{ tokens: ApiToken[] }>(GET, keeper.headers)).body.tokens.find((token) => token.id === id)
    ?.state;
const revoke = (id: string) => ask<ApiToken>(DELETE, keeper.headers, { params: { token: id } });
const patchOwner = (body: object) =>
  ask(patchPerson, keeper.headers, { params: { person: owner.id }, body: { version: 1, ...body } });
const lastRecord = () => db().auditEntry.findFirstOrThrow({ orderBy: { seq: "desc" } });

describe("create", () => {
  it("shows the secret once; kept are its hash and its last four characters", async () => {
    const { token, secret } = await make();
    expect(secret).toMatch(/^bl_[\w-]{43}$/);
    expect(token).toMatchObject({
      name: CI.name,
      hint: secret.slice(-4),
      role: "sre",
      scopes: ["read", "query"],
      matchers: [],
      owner: { id: owner.id },
      lastUsedAt: null,
      revokedAt: null,
      state: "active",
    });
    expect(Date.parse(token.expiresAt!) - Date.parse(token.createdAt)).toBeCloseTo(30 * DAY_MS, -4);
    const row = await db().apiToken.findUniqueOrThrow({ where: { id: token.id } });
    expect(row.hash).toBe(hashToken(secret));
    const { body } = await ask(GET, keeper.headers);
    for (const kept of [row, body, await db().auditEntry.findMany()]) {
      expect(JSON.stringify(kept)).not.toContain(secret);
      expect(JSON.stringify(kept)).not.toContain(secret.slice(3, 30));
    }
    expect(await use(secret)).toBe(200);
  });

  it("is on record with role, scopes, matchers and expiry", async () => {
    const { token } = await make({ expiresInDays: null });
    expect(await lastRecord()).toMatchObject({
      actorId: owner.id,
      action: "token.created",
      resourceType: "token",
      resourceId: token.id,
      after: { role: "sre", scopes: ["read", "query"], matchers: [], expiresAt: null },
    });
  });

  it.each<[string, object, string]>([
    ["no name", { name: "" }, "name"],
    ["a name in disguise", { name: "ci\u202Etxt" }, "name"],
    ["no scope", { scopes: [] }, "scopes"],
    ["a scope there is not", { scopes: ["root"] }, "scopes.0"],
    ["a lifetime of nothing", { expiresInDays: 0 }, "expiresInDays"],
    [
      "a matcher without a label",
      { matchers: [{ label: "a b", operator: "=", value: "x" }] },
      "matchers.0.label",
    ],
    [
      "a matcher with a lookahead",
      { matchers: [{ label: "a", operator: "=~", value: "(?!x)" }] },
      "matchers.0.value",
    ],
    [
      "a matcher with a NUL",
      { matchers: [{ label: "a", operator: "=", value: "x\u0000y" }] },
      "matchers.0.value",
    ],
  ])("refuses %s, naming the field", async (_, wrong, path) => {
    const { status, body } = await refusedMake(wrong);
    expect([status, body.errors?.map((error) => error.path)]).toEqual([422, [path]]);
    expect(await db().apiToken.count()).toBe(0);
  });

  it("passes on no more than its maker has: role, scopes and confinement", async () => {
    const matchers = [{ label: "namespace", operator: "=" as const, value: "prod" }];
    const confined = await make({ role: "admin", scopes: ["read", "admin"], matchers });
    const by = bearer(confined.secret);
    expect(await refusedMake({ scopes: ["read", "write"] }, by)).toMatchObject({
      status: 422,
      body: { errors: [{ path: "scopes" }] },
    });
    const child = await make({ scopes: ["read"] }, by);
    expect(child.token).toMatchObject({ matchers, owner: { id: owner.id } });
    expect(await lastRecord()).toMatchObject({ actorKind: "token", tokenId: confined.token.id });
  });

  it("is for admins", async () => {
    const sre = await signedIn("sre");
    expect(await refusedMake({}, sre.headers)).toMatchObject({ status: 403 });
    const { secret } = await make({ role: "admin", scopes: ["read", "write", "query"] });
    expect(await refusedMake({}, bearer(secret))).toMatchObject({ status: 403 });
  });
});

describe("a token is refused", () => {
  it("once it has expired", async () => {
    const { token, secret } = await make();
    await db().apiToken.update({ where: { id: token.id }, data: { expiresAt: new Date() } });
    expect([await use(secret), await stateOf(token.id)]).toEqual([401, "expired"]);
  });

  it("once it is revoked, on record once, whoever asks again", async () => {
    const { token, secret } = await make();
    const { revokedAt } = (await revoke(token.id)).body;
    expect([await use(secret), await stateOf(token.id)]).toEqual([401, "revoked"]);
    expect((await revoke(token.id)).body.revokedAt).toBe(revokedAt);
    const records = await db().auditEntry.findMany({
      where: { action: "token.revoked", resourceId: token.id },
    });
    expect(records).toHaveLength(1);
    expect(await revoke("nobody")).toMatchObject({ status: 404 });
  });

  it("once its owner is gone", async () => {
    const { token, secret } = await make();
    await db().user.delete({ where: { id: owner.id } });
    expect([await use(secret), await stateOf(token.id)]).toEqual([401, undefined]);
  });

  it("while its owner is disabled", async () => {
    const { token, secret } = await make();
    await patchOwner({ disabled: true });
    expect([await use(secret), await stateOf(token.id)]).toEqual([401, "powerless"]);
    await patchOwner({ disabled: false, version: 2 });
    expect([await use(secret), await stateOf(token.id)]).toEqual([200, "active"]);
  });

  it("once its owner has lost its role, and not while another role covers it", async () => {
    const { token, secret } = await make();
    await patchOwner({ roles: ["viewer"] });
    expect([await use(secret), await stateOf(token.id)]).toEqual([401, "powerless"]);
    await patchOwner({ roles: ["sre"], version: 2 });
    expect([await use(secret), await stateOf(token.id)]).toEqual([200, "active"]);
  });

  it.each(["bl_", "bl_x", `bl_${"x".repeat(43)}`, `bl_${"x".repeat(44)}`, "null", "' or true --", "\u00e9"])(
    "when it is none: %s",
    async (secret) => expect(await use(secret)).toBe(401),
  );

  it("beside a good cookie too, in any case of the scheme's letters", async () => {
    const { secret } = await make();
    for (const scheme of ["bearer", "BEARER", "BeArEr"]) {
      expect((await ask(roles, { authorization: `${scheme} ${secret}` })).status).toBe(200);
      const bad = { ...owner.headers, authorization: `${scheme} ${secret}x` };
      expect((await ask(roles, bad)).status).toBe(401);
    }
  });

  it("under another scheme, for then nobody asks", async () => {
    const { secret } = await make();
    expect((await ask(roles, { authorization: secret })).status).toBe(401);
    expect((await ask(roles, { authorization: `Basic ${secret}` })).status).toBe(401);
  });
});
