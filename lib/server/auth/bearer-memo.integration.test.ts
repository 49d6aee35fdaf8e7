import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { ask, signedIn, type SignedIn } from "#lib/server/testing/people.ts";
import { DELETE } from "../../../app/api/v1/tokens/[token]/route.ts";
import { POST } from "../../../app/api/v1/tokens/route.ts";
import { requireBearer } from "./bearer-memo.ts";

let disconnect: () => Promise<void>;
let owner: SignedIn;
let other: SignedIn;
let made: { token: { id: string }; secret: string };
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(async () => {
  await db().user.deleteMany();
  [owner, other] = [await signedIn("admin"), await signedIn("viewer")];
  made = await make();
});

async function make(): Promise<typeof made> {
  const body = { name: "CI", role: "sre", scopes: ["query"], expiresInDays: 30 };
  return (await ask<typeof made>(POST, owner.headers, { body })).body;
}

/** Works as if a second had gone by. */
async function later(work: () => Promise<void>): Promise<void> {
  const now = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 1_000);
  try {
    await work();
  } finally {
    now.mockRestore();
  }
}

const unread = () => {
  throw new Error("the token was looked up alone");
};

const headersOf = (headers: Record<string, string>) => vi.fn(() => new Headers(headers));
const bearer = () => `Bearer ${made.secret}`;
/** Who asks, and how often the database was asked for it. */
async function asked(headers: Record<string, string>) {
  const read = headersOf(headers);
  const actor = await requireBearer(headers.authorization, read);
  return { id: actor.tokenId ?? actor.id, reads: read.mock.calls.length };
}
const refused = (headers: Record<string, string>) =>
  expect(requireBearer(headers.authorization, headersOf(headers))).rejects.toMatchObject({
    code: "unauthenticated",
  });

describe("a bearer token", () => {
  it("is looked up alone when it comes first, and read again with all others after a second", async () => {
    const [mine, another] = [bearer(), `Bearer ${(await make()).secret}`];
    expect([
      (await asked({ authorization: mine })).reads,
      (await asked({ authorization: another })).reads,
    ]).toEqual([1, 1]);
    await db().apiToken.updateMany({ data: { role: "viewer" } });
    const rolesOf = async (authorization: string) => (await requireBearer(authorization, unread)).roles;
    expect(await rolesOf(mine)).toEqual(["sre"]);
    await later(async () => {
      expect(await Promise.all([rolesOf(mine), rolesOf(another), rolesOf(mine)])).toEqual([
        ["viewer"],
        ["viewer"],
        ["viewer"],
      ]);
    });
  });

  it("is refused with the next request after it was revoked here", async () => {
    await asked({ authorization: bearer() });
    await ask(DELETE, owner.headers, { params: { token: made.token.id } });
    await refused({ authorization: bearer() });
  });

  it("is refused within a second after it was revoked elsewhere", async () => {
    await asked({ authorization: bearer() });
    await db().apiToken.updateMany({ data: { revokedAt: new Date() } });
    await later(() => refused({ authorization: bearer() }));
  });

  it("that is refused is not remembered", async () => {
    await db().apiToken.updateMany({ data: { revokedAt: new Date() } });
    await refused({ authorization: bearer() });
    await db().apiToken.updateMany({ data: { revokedAt: null } });
    expect((await asked({ authorization: bearer() })).id).toBe(made.token.id);
  });
});

describe("whoever sends none", () => {
  it.each([[undefined], ["Basic eDp5"]])(
    "with %s is told by the cookie alone, each time",
    async (authorization) => {
      const headers = (person: SignedIn) => ({ ...person.headers, ...(authorization && { authorization }) });
      const both = await Promise.all([asked(headers(owner)), asked(headers(other))]);
      expect(both).toEqual([
        { id: owner.id, reads: 1 },
        { id: other.id, reads: 1 },
      ]);
    },
  );
});
