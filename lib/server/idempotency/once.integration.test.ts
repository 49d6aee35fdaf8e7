import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { AppError } from "#lib/server/errors.ts";
import { ADMIN, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { once } from "./once.ts";

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  const store = globalThis as unknown as Record<symbol, unknown>;
  const value = parseSettings({ BURNLINE_SECRET: "a secret of at least thirty-two characters" });
  store[Symbol.for("burnline.settings")] = { value };
});
afterAll(() => disconnect());

let done = 0;
const work = () => Promise.resolve({ nth: (done += 1) });
function ask(
  key: string | null,
  options: { input?: object; method?: string; actor?: typeof ADMIN; work?: () => Promise<unknown> } = {},
) {
  const { input = { a: 1 }, method = "POST", actor = ADMIN } = options;
  const headers: Record<string, string> = key === null ? {} : { "idempotency-key": key };
  const request = new Request("http://burnline/api/v1/slos?x=1", { method, headers });
  const caller = testCaller();
  const answer = once(actor, request, input, caller.answerHeaders, options.work ?? work);
  return answer.then((value) => ({ value, replayed: caller.answerHeaders.get("idempotency-replayed") }));
}

it("does a repeated write once, whatever order its fields come in, and answers it as before", async () => {
  const first = await ask("key-1", { input: { a: 1, b: 2 } });
  const again = await ask("key-1", { input: { b: 2, a: 1 } });
  expect(again).toEqual({ value: first.value, replayed: "true" });
  expect(first.replayed).toBeNull();
});

it("answers as before also where the verb wrote its answer itself", async () => {
  const accepted = () =>
    Promise.resolve(Response.json({ nth: 1 }, { status: 202, headers: { location: "/somewhere" } }));
  await ask("key-0", { work: accepted });
  const { value } = await ask("key-0", { work: accepted });
  const again = value as Response;
  expect([again.status, again.headers.get("location"), await again.json()]).toEqual([
    202,
    "/somewhere",
    { nth: 1 },
  ]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
});

it("does what comes without a key, or only reads, each time", async () => {
  const before = done;
  await ask(null);
  await ask(null);
  await ask("key-2", { method: "GET" });
  await ask("key-2", { method: "GET" });
  expect(done).toBe(before + 4);
});

it("keeps the keys of different people apart", async () => {
  expect(await ask("key-3")).not.toEqual(await ask("key-3", { actor: VIEWER }));
});

it("refuses a key that stood for something else, and one that is none", async () => {
  await ask("key-4");
  await expect(ask("key-4", { input: { a: 2 } })).rejects.toMatchObject({
    code: "invalid",
    fields: [{ path: "idempotency-key" }],
  });
  await expect(ask("a b")).rejects.toMatchObject({ code: "invalid", fields: [{ path: "idempotency-key" }] });
});

it("does one of two that come at once; the other is told so", async () => {
  const slow = () => new Promise((resolve) => setTimeout(() => resolve({}), 100));
  const both = await Promise.allSettled([ask("key-5", { work: slow }), ask("key-5", { work: slow })]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
});

it("gives the key back when nothing was done", async () => {
  const fail = () => Promise.reject(new AppError("invalid", "no"));
  await expect(ask("key-6", { work: fail })).rejects.toMatchObject({ code: "invalid" });
  expect((await ask("key-6")).replayed).toBeNull();
});

it("keeps answers sealed: they may hold a secret", async () => {
  await ask("key-7", { work: () => Promise.resolve({ secret: "bl_hidden" }) });
  const rows = await db().idempotencyKey.findMany();
  expect(JSON.stringify(rows)).not.toContain("bl_hidden");
  expect((await ask("key-7")).value).toEqual({ secret: "bl_hidden" });
});
