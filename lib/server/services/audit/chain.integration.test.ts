import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordAudit } from "#lib/server/audit/record.ts";
import { auditHash } from "#lib/server/audit/chain.ts";
import { findRecordsAfter } from "#lib/server/db/audit.repo.ts";
import { connectDatabase, db, read, transaction } from "#lib/server/db/client.ts";
import { ADMIN, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { listAudit } from "./list.ts";
import { verifyAudit } from "./verify.ts";

const verify = () => verifyAudit(ADMIN, {}, testCaller());

async function append(after: Record<string, unknown>, id = "thing"): Promise<void> {
  const fact = { action: "thing.done", resource: { type: "thing", id }, after };
  await transaction((tx) => recordAudit(tx, ADMIN, testCaller(), fact));
}

async function appendTen(): Promise<void> {
  for (let n = 1; n <= 10; n += 1) await append({ n });
}

/** Runs statements as somebody would who owns the database and has switched the guard off. */
async function tamper(...statements: string[]): Promise<void> {
  await db().$transaction([
    db().$executeRawUnsafe("alter table audit_entries disable trigger user"),
    ...statements.map((statement) => db().$executeRawUnsafe(statement)),
    db().$executeRawUnsafe("alter table audit_entries enable trigger user"),
  ]);
}

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
});
afterAll(() => disconnect());
beforeEach(() => tamper("delete from audit_sink", "delete from audit_personal", "delete from audit_entries"));

describe("an audit record", () => {
  it("numbers from one, follows from the one before it, and is found whole", async () => {
    expect(await verify()).toEqual({ ok: true, records: 0, head: null });
    await appendTen();
    const { entries } = await listAudit(ADMIN, {});
    expect(entries.map(({ seq }) => seq)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(entries.at(-1)).toMatchObject({ previousHash: "0".repeat(64), before: null, after: { n: 1 } });
    expect(entries[0]?.previousHash).toBe(entries[1]?.hash);
    expect(await verify()).toEqual({ ok: true, records: 10, head: entries[0]?.hash });
  });

  it("reads as it was hashed, whatever it holds", async () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom("\u0000", "\ud800", "\udc00", "\u2028", "é", "e\u0301", '"', "\\"),
        fc.string({ unit: "binary", maxLength: 1 }),
      ),
    });
    const odd = fc.dictionary(
      fc.oneof(text, fc.constantFrom("__proto__", "constructor", "toJSON", "$type", "10", "9", "")),
      fc.jsonValue({ stringUnit: "binary" }).map((value) => value as unknown),
      { maxKeys: 6 },
    );
    const numbers = fc.record({
      n: fc.oneof(fc.double(), fc.constantFrom(5e-324, 1.7976931348623157e308, -0, 1e21, 2 ** 53)),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(odd, numbers), text, async (after, id) => append(after, id)),
      { numRuns: 300 },
    );
    expect(await verify()).toMatchObject({ ok: true, records: 300 });
  });

  it("keeps a key that JavaScript has a meaning for", async () => {
    await append(JSON.parse('{"__proto__":{"admin":true},"$type":"Raw","at":"x\\u0000"}'));
    const { entries } = await listAudit(ADMIN, {});
    expect(JSON.stringify(entries[0]?.after)).toBe(
      '{"at":"x\uFFFD","$type":"Raw","__proto__":{"admin":true}}',
    );
  });

  it("is taken back with the work it tells of, and leaves no hole", async () => {
    await append({ n: 1 });
    const failing = transaction(async (tx) => {
      await recordAudit(tx, ADMIN, testCaller(), { action: "a", resource: { type: "t", id: "i" } });
      throw new Error("later step");
    });
    await expect(failing).rejects.toThrow("later step");
    await append({ n: 2 });
    expect(await verify()).toMatchObject({ ok: true, records: 2 });
  });

  it("stands in one chain though many write at once", async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => append({ n })));
    expect(await verify()).toMatchObject({ ok: true, records: 40 });
  });
});

describe("the guard of the table", () => {
  it.each([
    "update audit_entries set action = 'x'",
    "update audit_entries set hash = hash where seq = 3",
    "delete from audit_entries where seq = 10",
    "truncate audit_entries cascade",
  ])("refuses %s", async (statement) => {
    await appendTen();
    await expect(db().$executeRawUnsafe(statement)).rejects.toThrow("append-only");
    expect(await verify()).toMatchObject({ ok: true, records: 10 });
  });
});

const CUT = "delete from audit_personal where seq > 8";
describe("verify, with the guard switched off", () => {
  it.each<[string, string[], number, RegExp]>([
    ["a changed action", ["update audit_entries set action = 'x' where seq = 4"], 4, /content/],
    ["a changed actor", ["update audit_entries set actor_id = 'x' where seq = 1"], 1, /content/],
    ["a moved time", ["update audit_entries set at = at + interval '1 ms' where seq = 4"], 4, /content/],
    ["a changed detail", [`update audit_entries set after = '{"n":5}' where seq = 4`], 4, /content/],
    ["a detail that is gone", ["update audit_entries set after = null where seq = 4"], 4, /content/],
    ["a token that is gone", ["update audit_entries set token_id = '' where seq = 4"], 4, /content/],
    ["a changed hash", ["update audit_entries set hash = previous_hash where seq = 4"], 4, /content/],
    [
      "a deleted record in the middle",
      ["delete from audit_personal where seq = 5", "delete from audit_entries where seq = 5"],
      5,
      /^the record is missing/,
    ],
    [
      "deleted records at the start",
      ["delete from audit_personal where seq < 4", "delete from audit_entries where seq < 4"],
      1,
      /^records 1 to 3 are missing/,
    ],
    [
      "a swapped pair",
      [
        "update audit_entries set seq = -1 where seq = 5",
        "update audit_entries set seq = 5 where seq = 6",
        "update audit_entries set seq = 6 where seq = -1",
      ],
      5,
      /follow/,
    ],
    [
      "an inserted record",
      [
        ...[10, 9, 8].map((seq) => `update audit_entries set seq = ${seq + 1} where seq = ${seq}`),
        `insert into audit_entries select 8, at, 'intruder', actor_kind, token_id, action, resource_type,
           resource_id, before, after, request_id, hash, hash from audit_entries where seq = 7`,
      ],
      8,
      /content/,
    ],
    [
      "an end that is cut though the sink has it",
      [
        "insert into audit_sink (url, secret, sent_seq) values ('https://a.example', '', 10)",
        CUT,
        "delete from audit_entries where seq > 8",
      ],
      9,
      /missing at the end: records up to 10/,
    ],
  ])("finds %s", async (_, statements, seq, why) => {
    await appendTen();
    await tamper(...statements);
    expect(await verify()).toMatchObject({
      ok: false,
      records: seq - 1,
      firstBroken: { seq, why: expect.stringMatching(why) },
    });
  });

  it("finds a record that was changed and hashed anew, for the next one no longer follows", async () => {
    await appendTen();
    const [record] = await read((tx) => findRecordsAfter(tx, 3, 1));
    if (!record) throw new Error("no record");
    const hash = auditHash({ ...record, actorId: "somebody else" });
    await tamper(`update audit_entries set actor_id = 'somebody else', hash = '${hash}' where seq = 4`);
    expect(await verify()).toMatchObject({
      ok: false,
      records: 4,
      firstBroken: { seq: 5, why: expect.stringMatching(/follow/) },
    });
  });

  it("cannot see a cut end by itself, which is why its head is to be kept elsewhere", async () => {
    await appendTen();
    const { head } = await verify();
    await tamper(CUT, "delete from audit_entries where seq > 8");
    const after = await verify();
    expect(after).toMatchObject({ ok: true, records: 8 });
    expect(after.head).not.toBe(head);
  });

  it("finds a break beyond its first batch", async () => {
    await append({ n: 1 });
    const copies = `insert into audit_entries
      select g, at, actor_id, actor_kind, token_id, action, resource_type, resource_id, before, after, request_id,
        previous_hash, hash from audit_entries, generate_series(2, 1500) g where seq = 1`;
    await tamper(copies);
    expect(await verify()).toMatchObject({ ok: false, records: 1, firstBroken: { seq: 2 } });
  });
});

it("leaves the chain whole when a person is erased", async () => {
  await appendTen();
  const { head } = await verify();
  await db().auditPersonal.updateMany({
    where: { personIds: { has: ADMIN.id } },
    data: { actorName: null, address: null, personIds: [] },
  });
  expect(await verify()).toEqual({ ok: true, records: 10, head });
  const { entries } = await listAudit(ADMIN, { limit: "1" });
  expect(entries[0]).toMatchObject({ actorName: null, address: null });
});

it("is for admins", async () => {
  await expect(verifyAudit(VIEWER, {}, testCaller())).rejects.toMatchObject({ code: "forbidden" });
  await expect(listAudit(VIEWER, {})).rejects.toMatchObject({ code: "forbidden" });
});
