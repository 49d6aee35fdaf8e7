import { spawn } from "node:child_process";
import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import { type AddressInfo, BlockList } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { auditHash, type AuditRecord } from "#lib/server/audit/chain.ts";
import { recordAudit } from "#lib/server/audit/record.ts";
import { sinkSender } from "#lib/server/audit/sink-sender.ts";
import { connectDatabase, db, transaction } from "#lib/server/db/client.ts";
import { parseSettings } from "#lib/server/env.ts";
import { breakAfter, CHAIN_START } from "#lib/server/hash-chain.ts";
import { createOutbound, type Outbound } from "#lib/server/outbound/fetch.ts";
import { ADMIN, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { listAudit } from "./list.ts";
import { deleteAuditSink, getAuditSink, putAuditSink } from "./sink.ts";

const SECRET = "what signs the records";
const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const ENVIRONMENT = { BURNLINE_SECRET: "s".repeat(40), BURNLINE_OUTBOUND_ALLOW: "127.0.0.0/8" };
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");

/** A receiver that checks what it is sent, as any would. */
const receiver = http.createServer();
let url = "";
let received: AuditRecord[];
let posts: number[][];
let atOnce: number;
let mostAtOnce: number;
let respond: (response: http.ServerResponse) => void | Promise<void>;

function isSigned(headers: http.IncomingHttpHeaders, body: string): boolean {
  const [given, at] = ["x-burnline-signature", "x-burnline-timestamp"].map((name) => String(headers[name]));
  const expected = `sha256=${createHmac("sha256", SECRET).update(`${at}.${body}`).digest("hex")}`;
  const recent = Math.abs(Date.now() / 1000 - Number(at)) < 60;
  return recent && timingSafeEqual(Buffer.from(expected), Buffer.from(String(given)));
}

async function receive(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  atOnce += 1;
  mostAtOnce = Math.max(mostAtOnce, atOnce);
  const body = (await request.toArray()).join("");
  if (!isSigned(request.headers, body)) throw new Error("a post without a good signature");
  const { records } = JSON.parse(body) as { records: (Omit<AuditRecord, "at"> & { at: string })[] };
  posts.push(records.map(({ seq }) => seq));
  for (const record of records) {
    if (record.seq > (received.at(-1)?.seq ?? 0)) received.push({ ...record, at: new Date(record.at) });
  }
  await respond(response);
  atOnce -= 1;
}

/** What a receiver finds when it verifies its own copy. */
function brokenCopy(): unknown {
  let end = { seq: 0, hash: CHAIN_START };
  for (const record of received) {
    const broken = breakAfter(end, record, auditHash);
    if (broken) return broken;
    end = record;
  }
  return null;
}

/** In small units of work: a busy machine must not make one of them time out. */
async function append(count: number): Promise<void> {
  for (let from = 0; from < count; from += 25) {
    await transaction(async (tx) => {
      for (let n = from; n < Math.min(count, from + 25); n += 1) {
        const fact = { action: "thing.done", resource: { type: "thing", id: "1" }, after: { n } };
        await recordAudit(tx, ADMIN, testCaller(), fact);
      }
    });
  }
}

const put = (input: object = {}) => putAuditSink(ADMIN, { url, secret: SECRET, ...input }, testCaller());
const sink = async () => (await getAuditSink(ADMIN)).sink;

let databaseUrl: string;
let disconnect: () => Promise<void>;
let way: Outbound;
let send: () => Promise<number>;
const newSender = () => {
  const job = sinkSender(way);
  return () => job(new AbortController().signal);
};

beforeAll(async () => {
  receiver.on("request", (request, response) => void receive(request, response));
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/audit`;
  const store = globalThis as unknown as Record<symbol, unknown>;
  store[Symbol.for("burnline.settings")] = { value: parseSettings(ENVIRONMENT) };
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(async () => {
  databaseUrl = await freshDatabase();
  disconnect = connectDatabase(databaseUrl);
  [received, posts, atOnce, mostAtOnce] = [[], [], 0, 0];
  respond = (response) => void response.writeHead(204).end();
  way = createOutbound({ allowed: LOOPBACK });
  send = newSender();
});
afterEach(async () => {
  vi.useRealTimers();
  await way.close();
  await disconnect();
});

describe("the sink's settings", () => {
  it("are set, changed and removed on record, and never answer the secret", async () => {
    expect(await sink()).toBeNull();
    const made = await put({ url: `${url}/T0/B1/token-in-the-path` });
    expect(made).toEqual({
      url: `${url}/T0/B1/token-in-the-path`,
      hasSecret: true,
      sentSeq: 0,
      pending: 1,
      lastError: null,
      failedSince: null,
      version: 1,
    });
    expect(await put({ secret: undefined })).toMatchObject({ url, version: 2 });
    expect(await deleteAuditSink(ADMIN, {}, testCaller())).toEqual({ done: true });
    expect(await sink()).toBeNull();
    const { entries } = await listAudit(ADMIN, {});
    const { origin } = new URL(url);
    expect(entries.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: "audit_sink.removed", before: { origin }, after: null },
      { action: "audit_sink.set", before: { origin }, after: { origin, secretChanged: false } },
      { action: "audit_sink.set", before: null, after: { origin, secretChanged: true } },
    ]);
    expect(JSON.stringify([made, entries])).not.toContain(SECRET);
    expect(JSON.stringify(entries)).not.toContain("token-in-the-path");
  });

  it("keep the secret sealed", async () => {
    await put();
    const rows = await db().$queryRawUnsafe("select * from audit_sink");
    expect(JSON.stringify(rows)).not.toContain(SECRET);
    expect(JSON.stringify(rows)).toContain('"secret":"s1.');
  });

  it.each<[string, object, string]>([
    ["a first sink without a secret", { secret: undefined }, "secret"],
    ["a secret that can be guessed", { secret: "short" }, "secret"],
    ["an inner address", { url: "http://169.254.169.254/latest" }, "url"],
    ["an address with credentials", { url: "https://u:p@hooks.example/" }, "url"],
    ["another scheme", { url: "ftp://hooks.example/" }, "url"],
  ])("refuse %s and write nothing", async (_, input, path) => {
    await expect(async () => put(input)).rejects.toMatchObject({
      code: "invalid",
      fields: [expect.objectContaining({ path })],
    });
    expect(await sink()).toBeNull();
    expect((await listAudit(ADMIN, {})).entries).toEqual([]);
  });

  it("are for admins, and there must be a sink to remove", async () => {
    expect(() => getAuditSink(VIEWER)).toThrow(expect.objectContaining({ code: "forbidden" }));
    expect(() => putAuditSink(VIEWER, { url }, testCaller())).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
    await expect(deleteAuditSink(ADMIN, {}, testCaller())).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("sending", () => {
  it("does nothing without a sink, and nothing once all is sent", async () => {
    await append(1);
    await send();
    await put();
    await send();
    await send();
    expect(posts).toEqual([[1, 2]]);
    expect(await sink()).toMatchObject({ sentSeq: 2, pending: 0, lastError: null });
  });

  it("sends the whole log in order, in signed batches that the receiver can verify, without names", async () => {
    await append(230);
    await put();
    while ((await send()) === 0);
    expect(posts.map((seqs) => seqs.length)).toEqual([100, 100, 31]);
    expect(received).toHaveLength(231);
    expect(brokenCopy()).toBeNull();
    expect(JSON.stringify(received)).not.toContain("192.0.2.1");
  });

  it("keeps failing in sight, waits, goes on where it was and forgets the failure", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const startMs = Date.now();
    await append(3);
    await put();
    respond = (response) => void response.writeHead(503).end("<script>inner words</script>");
    expect(await send()).toBe(1_000);
    const failing = await sink();
    expect(failing).toMatchObject({ sentSeq: 0, pending: 4, lastError: "it answered HTTP 503" });
    expect(Date.parse(failing?.failedSince ?? "")).toBe(startMs);
    await send();
    expect(posts).toHaveLength(1);
    vi.setSystemTime(startMs + 1_001);
    await send();
    vi.setSystemTime(startMs + 2_001);
    await send();
    expect(posts).toHaveLength(2);
    expect(await sink()).toMatchObject({ failedSince: failing?.failedSince });
    respond = (response) => void response.writeHead(200).end();
    vi.setSystemTime(startMs + 2_003);
    await send();
    expect(posts).toHaveLength(3);
    expect(await sink()).toMatchObject({ sentSeq: 4, pending: 0, lastError: null, failedSince: null });
    expect(brokenCopy()).toBeNull();
  });

  it("tries at once when the settings change, and says what is wrong with an address", async () => {
    await put({ url: "http://127.0.0.1:1/" });
    await send();
    expect(await sink()).toMatchObject({ lastError: "it cannot be reached: ECONNREFUSED" });
    await put({ secret: undefined });
    await send();
    expect(received.map(({ action }) => action)).toEqual(["audit_sink.set", "audit_sink.set"]);
  });

  it("follows no redirect", async () => {
    await put();
    respond = (response) => void response.writeHead(307, { location: `${url}/again` }).end();
    await send();
    expect(posts).toHaveLength(1);
    expect(await sink()).toMatchObject({ sentSeq: 0, lastError: expect.stringContaining("redirect") });
  });

  it("is done by one replica at a time, and no record twice", async () => {
    await append(250);
    await put();
    respond = async (response) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      response.writeHead(204).end();
    };
    const replicas = Array.from({ length: 4 }, newSender);
    while ((await sink())?.pending) await Promise.all(replicas.map((replica) => replica()));
    expect(mostAtOnce).toBe(1);
    expect(posts.flat()).toEqual(Array.from({ length: 251 }, (_, at) => at + 1));
  });

  it("loses nothing when it is killed between sending and keeping the watermark", async () => {
    await append(150);
    await put();
    const replica = async () => {
      const environment = { ...process.env, ...ENVIRONMENT, DATABASE_URL: databaseUrl };
      const script = fileURLToPath(new URL("./fixtures/send-audit.ts", import.meta.url));
      return spawn(process.execPath, ["--import", "./register.ts", script], {
        cwd: ROOT,
        env: environment,
        stdio: "inherit",
      });
    };
    const first = await replica();
    respond = (response) => {
      if (posts.length === 1) return void response.writeHead(204).end();
      first.kill("SIGKILL");
    };
    await once(first, "exit");
    expect(posts.map((seqs) => seqs[0])).toEqual([1, 101]);
    expect(await sink()).toMatchObject({ sentSeq: 100, pending: 51 });
    respond = (response) => void response.writeHead(204).end();
    const [exitCode] = await once(await replica(), "exit");
    expect(exitCode).toBe(0);
    expect(posts.map((seqs) => seqs[0])).toEqual([1, 101, 101]);
    expect(await sink()).toMatchObject({ sentSeq: 151, pending: 0 });
    expect(received).toHaveLength(151);
    expect(brokenCopy()).toBeNull();
  });
});
