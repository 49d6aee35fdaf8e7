import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test, vi } from "vitest";
import { connectDatabase, db } from "#lib/server/db/client.ts";
import { answer } from "#lib/server/listener/answer.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { ask, signedIn, type SignedIn } from "#lib/server/testing/people.ts";
import { DELETE } from "../../../../app/api/v1/tokens/[token]/route.ts";
import { POST } from "../../../../app/api/v1/tokens/route.ts";
import { repeatedAnswer } from "./repeated.ts";
import { type RecordingSource, recordingSource } from "./testing/exchange.ts";

/** On its grid and long settled: kept for as long as this test takes. */
const ADDRESS = "/api/prometheus/api/v1/query_range?start=1700000040&end=1700003640&step=60";
const LONG_ANSWER = `{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"${"x".repeat(4_000)}"},"values":[]}]}}`;

let disconnect: () => Promise<void>;
let prometheus: RecordingSource;
let server: http.Server;
let owner: SignedIn;
let token: { token: { id: string }; secret: string };
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  prometheus = await recordingSource("prometheus");
  vi.stubEnv("PROMETHEUS_URL", prometheus.source.url);
  server = http.createServer((request, response) => {
    void answer(request, response, () => Promise.reject(new Error("no page was asked for")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await prometheus.close();
  vi.unstubAllEnvs();
  await disconnect();
});
let nonce = 0;
beforeEach(async () => {
  nonce += 1;
  prometheus.seen.length = 0;
  prometheus.answer = (response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(LONG_ANSWER);
  await db().user.deleteMany();
  owner = await signedIn("admin");
  token = await makeToken({});
});

async function makeToken(limits: object): Promise<typeof token> {
  const body = { name: "Grafana", role: "sre", scopes: ["query"], expiresInDays: 30, ...limits };
  return (await ask<typeof token>(POST, owner.headers, { body })).body;
}

const target = () => `${ADDRESS}&query=up%7Bnonce%3D%22${nonce}%22%7D`;
const common = () => ({ authorization: `Bearer ${token.secret}`, host: "localhost" });

interface Got {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

function get(more: Record<string, string> = {}, method = "GET"): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  const options = { port, method, path: target(), headers: { ...common(), ...more } };
  return new Promise((resolve, reject) => {
    http
      .request(options, async (response) => {
        const body = Buffer.concat((await response.toArray()) as Buffer[]).toString("latin1");
        const { "x-request-id": id, date, ...headers } = response.headers;
        expect([typeof id, typeof date]).toEqual(["string", "string"]);
        resolve({ status: response.statusCode ?? 0, headers, body });
      })
      .once("error", reject)
      .end();
  });
}

/** Whether a request would be answered as the repetition of an earlier one. */
const repeats = (more: Record<string, string> = {}, method = "GET") =>
  repeatedAnswer({ method, url: target(), headers: { ...common(), ...more } } as http.IncomingMessage) !==
  null;

/** Asked twice: the first answer is kept, the second one leaves its words. */
async function askedBefore(more: Record<string, string> = {}): Promise<Got> {
  await get(more);
  const kept = await get(more);
  expect(kept.status).toBe(200);
  await vi.waitFor(() => expect(repeats(more)).toBe(true));
  return kept;
}

async function later<T>(work: () => Promise<T>): Promise<T> {
  const now = vi.spyOn(performance, "now").mockReturnValue(performance.now() + 1_000);
  try {
    return await work();
  } finally {
    now.mockRestore();
  }
}

describe("a repeated request", () => {
  test.each([[{}], [{ "accept-encoding": "gzip" }]])(
    "with %j is answered the same, header by header",
    async (more) => {
      const kept = await askedBefore(more);
      expect(await get(more)).toEqual(kept);
      expect(kept.headers).toMatchObject({
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      });
      expect(prometheus.seen).toHaveLength(1);
    },
  );

  it("is counted as a hit", async () => {
    const { queryMetrics } = await import("../metrics.ts");
    const hits = async () =>
      (await queryMetrics().queries.get()).values.find(({ labels }) => labels.outcome === "hit")?.value;
    await askedBefore();
    const before = await hits();
    await get();
    expect(await hits()).toBe((before ?? NaN) + 1);
  });

  test.each([
    ["another host", { host: "evil.example" }],
    ["another encoding", { "accept-encoding": "gzip" }],
    ["no known token", { authorization: "Bearer bl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
    ["another spelling of its token", { authorization: "bearer x" }],
  ])("is none with %s", async (_, more) => {
    await askedBefore();
    expect(repeats(more)).toBe(false);
  });

  it("is none with another method, nor without a token", async () => {
    await askedBefore();
    expect(repeats({}, "POST")).toBe(false);
    expect(
      repeatedAnswer({
        method: "GET",
        url: target(),
        headers: { host: "localhost" },
      } as http.IncomingMessage),
    ).toBeNull();
  });

  it("under a foreign host name is refused as ever", async () => {
    await askedBefore();
    expect((await get({ host: "evil.example" })).status).toBe(403);
  });
});

describe("a token", () => {
  it("that is revoked here is refused with the next request", async () => {
    await askedBefore();
    await ask(DELETE, owner.headers, { params: { token: token.token.id } });
    expect((await get()).status).toBe(401);
  });

  it("that is revoked elsewhere is refused after a second", async () => {
    await askedBefore();
    await db().apiToken.updateMany({ data: { revokedAt: new Date() } });
    expect(await later(async () => (await get()).status)).toBe(401);
  });

  it("that loses its scope elsewhere is refused after a second", async () => {
    await askedBefore();
    await db().apiToken.updateMany({ data: { scopes: ["read"] } });
    expect(await later(async () => (await get()).status)).toBe(403);
  });

  it("is read again after a second, whatever it repeats", async () => {
    await askedBefore();
    expect(await later(async () => repeats())).toBe(false);
    expect(await later(async () => (await get()).status)).toBe(200);
  });

  it("gets nothing of what another one was answered", async () => {
    await askedBefore();
    await db().apiToken.updateMany({ data: { scopes: ["read"] } });
    const refused = await makeToken({ scopes: ["read"] });
    expect((await get({ authorization: `Bearer ${refused.secret}` })).status).toBe(403);
  });
});
