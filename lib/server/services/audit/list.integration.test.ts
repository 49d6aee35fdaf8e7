import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AuditFact, recordAudit } from "#lib/server/audit/record.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { ADMIN, personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { exportAudit } from "./export.ts";
import { listAudit } from "./list.ts";

const SRE = personWith("sre");
const MANY = 1_203;

async function record(actor: Actor, ...facts: AuditFact[]): Promise<void> {
  await transaction(async (tx) => {
    for (const fact of facts) await recordAudit(tx, actor, testCaller(), fact);
  });
}

const fact = (action: string, type: string, id: string): AuditFact => ({ action, resource: { type, id } });

let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  const person = { id: SRE.id, email: "ada@example.org", name: "Ada_L 100%" };
  await db().user.create({ data: { ...person, emailVerified: true, updatedAt: new Date(), roles: ["sre"] } });
  await record(ADMIN, fact("person.created", "person", "p1"), fact("person.deleted", "person", "p1"));
  await record(SRE, fact("catalogue.edited", "service", "a/b"), fact("catalogue_x", "service", "person"));
  await record(ADMIN, fact("=cmd|' /C calc'!A0", "token", "＝1"));
});
afterAll(() => disconnect());

const seqsOf = async (input: object) => (await listAudit(ADMIN, input)).entries.map(({ seq }) => seq);

describe("the list", () => {
  it.each<[object, number[]]>([
    [{}, [5, 4, 3, 2, 1]],
    [{ actor: "sre" }, [4, 3]],
    [{ actor: "ada" }, [4, 3]],
    [{ actor: "_l 100%" }, [4, 3]],
    [{ actor: "a%l" }, []],
    [{ actor: "s" }, []],
    [{ action: "person." }, [2, 1]],
    [{ action: "person.created" }, [1]],
    [{ action: "catalogue_" }, [4]],
    [{ action: "created" }, []],
    [{ action: "%" }, []],
    [{ action: "\\" }, []],
    [{ resource: "person" }, [4, 2, 1]],
    [{ resource: "person/p1" }, [2, 1]],
    [{ resource: "service/a/b" }, [3]],
    [{ resource: "a/b" }, [3]],
    [{ resource: "p1" }, [2, 1]],
    [{ actor: "sre", resource: "service", action: "cat", limit: "1" }, [4]],
    [{ from: "2999-01-01T00:00:00Z" }, []],
    [{ to: "2000-01-01T00:00:00Z" }, []],
    [{ from: "0001-01-01T00:00:00Z", to: "9999-12-31T23:59:59Z" }, [5, 4, 3, 2, 1]],
    [{ cursor: "3" }, [2, 1]],
    [{ cursor: "2147483647" }, [5, 4, 3, 2, 1]],
  ])("answers %j with the records %j", async (input, seqs) => expect(await seqsOf(input)).toEqual(seqs));

  it("goes on where a page ended, to the last record and no further", async () => {
    const pages: number[][] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await listAudit(ADMIN, { limit: "2", ...(cursor && { cursor }) });
      pages.push(page.entries.map(({ seq }) => seq));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([[5, 4], [3, 2], [1]]);
  });

  it("tells who acted by the name of then, with the address", async () => {
    const { entries } = await listAudit(ADMIN, { cursor: "4", limit: "1" });
    expect(entries[0]).toMatchObject({ actorId: "sre", actorName: "Ada_L 100%", address: "192.0.2.1" });
  });

  it.each([
    { actor: "a\u0000" },
    { action: "\ud800" },
    { resource: "x".repeat(201) },
    { from: "yesterday" },
    { to: "2026-02-30T00:00:00Z" },
    { from: "0000-01-01T00:00:00Z" },
    { cursor: "0" },
    { cursor: "1e99" },
    { cursor: "2147483648" },
    { limit: "501" },
    { page: "1" },
  ])("refuses %j and names the field", async (input) => {
    await expect(listAudit(ADMIN, input)).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("the export", () => {
  const exported = async (input: object) => {
    const response = await exportAudit(ADMIN, input, testCaller());
    return { response, text: await response.text() };
  };

  it("is a CSV file in which nothing runs", async () => {
    const { response, text } = await exported({ format: "csv" });
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="burnline-audit-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const lines = text.split("\r\n");
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe(
      "seq,at,actorId,actorName,actorKind,tokenId,action,resourceType,resourceId,before,after,requestId,address,previousHash,hash",
    );
    expect(lines[5]).toContain(`"'=cmd|' /C calc'!A0",token,"'＝1",`);
  });

  it("is a JSON file of the same records as the list, oldest first", async () => {
    const { text } = await exported({ format: "json" });
    const { entries } = await listAudit(ADMIN, {});
    expect(JSON.parse(text)).toEqual(entries.toReversed());
  });

  it("narrows as the list does, and may be empty", async () => {
    expect(JSON.parse((await exported({ format: "json", action: "person." })).text)).toHaveLength(2);
    expect(JSON.parse((await exported({ format: "json", action: "none" })).text)).toEqual([]);
    expect((await exported({ format: "csv", action: "none" })).text.split("\r\n")).toHaveLength(2);
  });

  it("is no act on record, and neither is reading", async () => {
    await exported({ format: "csv" });
    expect(await seqsOf({ limit: "1" })).toEqual([5]);
  });

  it("is for admins, in a known format", async () => {
    await expect(exportAudit(VIEWER, { format: "csv" }, testCaller())).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(exportAudit(ADMIN, { format: "xls" }, testCaller())).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("holds a long log without a gap or a repeat, reading it as it is taken", async () => {
    await db().$executeRawUnsafe(`insert into audit_entries
      select g, at, actor_id, actor_kind, token_id, action, resource_type, resource_id, before, after, request_id,
        previous_hash, hash from audit_entries, generate_series(6, ${MANY}) g where seq = 1`);
    const { text } = await exported({ format: "json" });
    const seqs = (JSON.parse(text) as { seq: number }[]).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: MANY }, (_, at) => at + 1));
    expect((await exported({ format: "csv" })).text.split("\r\n")).toHaveLength(MANY + 2);
    const left = await exportAudit(ADMIN, { format: "csv" }, testCaller());
    await left.body?.cancel();
  });

  it("is whole where the records fill batches exactly", async () => {
    const noted = Array.from({ length: 50 }, (_, i) => fact("batch.filled", "test", String(i)));
    for (let round = 0; round < 10; round += 1) await record(ADMIN, ...noted);
    const { text } = await exported({ format: "json", action: "batch." });
    expect(JSON.parse(text)).toHaveLength(500);
    expect((await exported({ format: "csv", action: "batch." })).text.trimEnd().split("\r\n")).toHaveLength(
      501,
    );
  });
});
