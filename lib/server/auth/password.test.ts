import { expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

it("hashes with a salt of its own, and names its cost", async () => {
  const [one, other] = [await hashPassword("correct horse"), await hashPassword("correct horse")];
  expect(one).toMatch(/^scrypt\$32768\$8\$1\$/);
  expect(one).not.toBe(other);
  expect(await verifyPassword({ hash: one, password: "correct horse" })).toBe(true);
  expect(await verifyPassword({ hash: one, password: "correct horsf" })).toBe(false);
});

it("takes the same password typed on another system: composed or not", async () => {
  const hash = await hashPassword("caf\u00e9 au lait noir");
  expect(await verifyPassword({ hash, password: "cafe\u0301 au lait noir" })).toBe(true);
});

// RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), its first 32 bytes.
it("is the scrypt of the RFC", async () => {
  const key = "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2";
  const [salt, expected] = [Buffer.from("SodiumChloride"), Buffer.from(key, "hex")];
  const hash = `scrypt$16384$8$1$${salt.toString("base64url")}$${expected.toString("base64url")}`;
  expect(await verifyPassword({ hash, password: "pleaseletmein" })).toBe(true);
});

it.each(["", "plain", "scrypt$1$2", "$2b$10$abc"])("never matches the hash %j", async (hash) => {
  expect(await verifyPassword({ hash, password: "" })).toBe(false);
});

it("hashes two at a time, lets twenty wait and tells the others when to come back", async () => {
  const cheap = { hash: "scrypt$2$8$1$c2FsdA$a2V5", password: "correct horse" };
  const all = await Promise.allSettled(Array.from({ length: 24 }, () => verifyPassword(cheap)));
  const refused = all.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  expect(refused).toHaveLength(2);
  expect(refused[0]).toMatchObject({ code: "rate_limited", retryAfterSeconds: 5 });
});

it("knows a refusal of another bundle's copy of the gate", async () => {
  const store = globalThis as unknown as Record<symbol, { value: unknown }>;
  const key = Symbol.for("burnline.password.gate");
  const own = store[key]!;
  const foreign = Object.assign(new Error("full"), { isBulkheadRejectedError: true });
  store[key] = { value: { execute: () => Promise.reject(foreign) } };
  await expect(hashPassword("correct horse")).rejects.toMatchObject({ code: "rate_limited" });
  store[key] = own;
});
