import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { claimOnce } from "./claim.repo.ts";
import { connectDatabase, db, transaction } from "./client.ts";

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());

const claim = (key: string) => transaction((tx) => claimOnce(tx, key, 60_000));

it("is true once, however many ask at once, and for each key", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => claim("a")));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect([await claim("a"), await claim("b")]).toEqual([false, true]);
});

it("can be claimed anew when its time is over, and keeps no key in words", async () => {
  await claim("secret words");
  expect(JSON.stringify(await db().verification.findMany())).not.toContain("secret words");
  await db().verification.updateMany({ data: { expiresAt: new Date(0) } });
  expect(await claim("secret words")).toBe(true);
});
