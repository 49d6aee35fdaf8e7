import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { appendDecision } from "#lib/server/db/decision.repo.ts";
import { CHAIN_START } from "#lib/server/hash-chain.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { exportDecisions } from "./export.ts";

/** More than are read at a time. */
const RECORDS = 250;
const HOSTILE = '=HYPERLINK("https://evil.example")';
let disconnect: () => Promise<void>;

beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  vi.stubEnv("PROMETHEUS_URL", "http://127.0.0.1:9");
  const now = new Date();
  const discovered = {
    ...{ kind: "api", namespace: "shop", nodes: ["ai1"], metricPreset: "prometheus" },
    ...{ tier: null, team: null, dependencies: [], repository: null, environment: null, version: null },
  };
  await db().service.create({ data: { name: "cart", discovered, firstSeenAt: now, lastSeenAt: now } });
  for (let n = 0; n < RECORDS; n += 1) {
    const service = n % 10 === 0 ? "cart" : "checkout";
    const because = n === 3 ? `a\n"b";${HOSTILE} \u2028 ü` : `${n}`;
    const body = { state: "approved", because, ratio: 0.1 + n };
    const what = { service, releaseId: null, decision: "approve", body, at: now } as const;
    const who = { kind: n === 7 ? "lease" : "evaluation", actorId: n === 3 ? HOSTILE : "x" } as const;
    await transaction((tx) => appendDecision(tx, { ...what, ...who }));
  }
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await disconnect();
});

async function file(
  actor: Actor,
  input: object,
): Promise<{ text: string; lines: string[]; headers: Headers }> {
  const answer = await exportDecisions(actor, input, testCaller());
  const text = await answer.text();
  return { text, lines: text.split("\n").slice(0, -1), headers: answer.headers };
}

/** What docs/gate.md tells people to do, without any of Burnline's code. */
function verified(line: string): { seq: number; previousHash: string; hash: string; service: string } {
  const [, hash = "", text = ""] = /^\{"hash":"([0-9a-f]{64})","record":(.*)\}$/s.exec(line) ?? [];
  expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
  return { ...(JSON.parse(text) as { seq: number; previousHash: string; service: string }), hash };
}

describe("the log as a file", () => {
  it("as lines of JSON: each the text that was hashed, and each names the one before", async () => {
    const { lines, headers } = await file(VIEWER, { format: "jsonl" });
    expect(lines).toHaveLength(RECORDS);
    let previous = CHAIN_START;
    lines.map(verified).forEach((record, nth) => {
      expect(record).toMatchObject({ seq: nth + 1, previousHash: previous });
      previous = record.hash;
    });
    expect(headers.get("content-type")).toContain("application/jsonl");
    expect(headers.get("content-disposition")).toMatch(
      /^attachment; filename="burnline-decisions-.*\.jsonl"$/,
    );
  });

  it("a line that was changed does not verify", async () => {
    const { lines } = await file(VIEWER, { format: "jsonl" });
    expect(() => verified(lines[0]!.replace('"approve"', '"block"'))).toThrow();
  });

  it("as CSV: a line each with its hashes, and nothing in it is a formula", async () => {
    const { text } = await file(VIEWER, { format: "csv" });
    const lines = text.split("\r\n");
    expect(lines[0]).toBe("seq,at,kind,service,releaseId,actorId,decision,body,previousHash,hash");
    expect(lines).toHaveLength(RECORDS + 2);
    expect(lines[1]).toMatch(/^1,.*,evaluation,cart,,x,approve,"\{.*\}",0{64},[0-9a-f]{64}$/);
    expect(lines[4]).toContain(`"'${HOSTILE.replaceAll('"', '""')}"`);
    expect(lines[4]).not.toMatch(/[;,"]=HYPERLINK/);
  });

  it("only what the filter asks for", async () => {
    expect((await file(VIEWER, { format: "jsonl", kind: "lease" })).lines.map(verified)).toMatchObject([
      { seq: 8 },
    ]);
    const { lines } = await file(VIEWER, { format: "jsonl", service: "cart", from: "2020-01-01T00:00:00Z" });
    expect(lines).toHaveLength(RECORDS / 10);
    expect((await file(VIEWER, { format: "jsonl", to: "2020-01-01T00:00:00Z" })).text).toBe("");
  });

  it("only what the actor may see", async () => {
    const confined: Actor = {
      ...personWith("viewer"),
      confinement: [{ label: "service", operator: "=", value: "cart" }],
    };
    const { lines } = await file(confined, { format: "jsonl" });
    expect(new Set(lines.map((line) => verified(line).service))).toEqual(new Set(["cart"]));
    expect((await file(confined, { format: "csv", service: "checkout" })).text.split("\r\n")).toHaveLength(2);
    await expect(exportDecisions(personWith(), { format: "csv" }, testCaller())).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it.each([
    ["format", { format: "xml" }],
    ["from", { format: "csv", from: "yesterday" }],
    ["kind", { format: "csv", kind: "gossip" }],
  ])("a wrong %s is named", async (field, input) => {
    await expect(exportDecisions(VIEWER, input, testCaller())).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(field) as string,
    });
  });
});
