import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hasher } from "./hasher.ts";

const SALT = Buffer.from("salt of sixteen.");
const work = (password: string) => ({
  password,
  salt: SALT.toString("base64url"),
  keyBytes: 32,
  cost: { N: 1024, r: 8, p: 1 },
});
const expected = (password: string) => scryptSync(password, SALT, 32, { N: 1024, r: 8, p: 1 });

describe("hasher", () => {
  it("answers each with its own key, as scrypt in this process has it", async () => {
    const passwords = ["a", "ä", "p\u0000w", "🔥".repeat(32)];
    const keys = await Promise.all(passwords.map((password) => hasher().derive(work(password))));
    expect(keys).toEqual(passwords.map(expected));
  });

  it("says so when its process dies over a password, and hashes the next in a new one", async () => {
    const impossible = { ...work("a"), cost: { N: 1000, r: 8, p: 1 } };
    await expect(hasher().derive(impossible)).rejects.toMatchObject({ code: "unavailable" });
    expect(await hasher().derive(work("b"))).toEqual(expected("b"));
  });
});
