import net, { type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SourceSettings } from "#lib/server/env.ts";
import { ask as askAndRead, credentials, type UpstreamRequest } from "./http.ts";
import { sourceHealth } from "./source-health.ts";
import { startFakeUpstream, type FakeUpstream } from "./testing/fake-upstream.ts";

const SECRET = "s3cret-t0ken";
let upstream: FakeUpstream;
beforeEach(async () => {
  upstream = await startFakeUpstream("loki", () => ({ contentType: "text/plain", body: "ok" }));
});
afterEach(() => upstream.close());

const request = (more: Partial<UpstreamRequest> = {}) => ({
  path: "/x",
  timeoutMs: 2_000,
  signal: new AbortController().signal,
  ...more,
});
const ask = (source: SourceSettings, wanted: UpstreamRequest) =>
  askAndRead(source, wanted, (answer) => answer);
const withSecrets = (): SourceSettings => ({ ...upstream.source, bearerToken: SECRET, tenant: "team-a" });

test.each([
  [
    { bearerToken: "t", tenant: "a" },
    { authorization: "Bearer t", "x-scope-orgid": "a" },
  ],
  [{ basicAuth: "user:pa:ss" }, { authorization: "Basic dXNlcjpwYTpzcw==" }],
  [{ bearerToken: "t", basicAuth: "u:p" }, { authorization: "Bearer t" }],
  [{}, {}],
])("credentials %j", (settings, headers) => {
  expect(credentials({ kind: "loki", name: "l", url: "http://l", ...settings })).toEqual(headers);
});

test("sends credentials and asks for no compression", async () => {
  const answer = await ask(withSecrets(), request({ headers: { "x-more": "1" } }));
  expect(answer).toMatchObject({ status: 200, text: "ok", contentType: "text/plain" });
  expect(upstream.requests[0]?.headers).toMatchObject({
    authorization: `Bearer ${SECRET}`,
    "x-scope-orgid": "team-a",
    "accept-encoding": "identity",
    "x-more": "1",
  });
  expect(sourceHealth(upstream.source)).toMatchObject({ lastFailure: null });
  expect(sourceHealth(upstream.source).lastSeenAtMs).not.toBeNull();
});

test("does not follow a redirect, so credentials stay with the source", async () => {
  upstream.answer = () => ({
    status: 307,
    headers: { location: `${upstream.source.url}/elsewhere` },
    body: "",
  });
  await expect(ask(withSecrets(), request())).rejects.toMatchObject({
    code: "upstream_error",
    fault: "foreign",
  });
  expect(upstream.requests).toHaveLength(1);
});

describe("failures", () => {
  test("no answer in time", async () => {
    upstream.answer = () => null;
    const late = ask(upstream.source, request({ timeoutMs: 50 }));
    await expect(late).rejects.toMatchObject({ code: "upstream_timeout", fault: "down" });
    expect(sourceHealth(upstream.source).lastFailure?.message).toContain("did not answer within 50 ms");
  });
  test("a body that stops half-way", async () => {
    upstream.answer = (_, response) => {
      response.writeHead(200).write("half");
      return null;
    };
    const late = ask(upstream.source, request({ timeoutMs: 50 }));
    await expect(late).rejects.toMatchObject({ code: "upstream_timeout", fault: "down" });
  });
  test("a connection that is cut", async () => {
    upstream.answer = (_, response) => {
      response.destroy();
      return null;
    };
    await expect(ask(upstream.source, request())).rejects.toMatchObject({
      code: "upstream_unavailable",
      fault: "down",
    });
  });
  test("nobody listens, and the message holds no secret", async () => {
    await upstream.close();
    const error = await ask(withSecrets(), request()).catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: "upstream_unavailable", fault: "down" });
    expect((error as Error).message).toMatch(/^loki "fake-\d+" \(127\.0\.0\.1:\d+\): ECONNREFUSED$/);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(SECRET);
  });
  test("a body past the limit is cut off", async () => {
    upstream.answer = () => ({ body: "x".repeat(2_000) });
    await expect(ask(upstream.source, request({ maxBodyBytes: 1_999 }))).rejects.toMatchObject({
      code: "query_too_expensive",
      fault: "slow",
    });
    expect((await ask(upstream.source, request({ maxBodyBytes: 2_000 }))).text).toHaveLength(2_000);
  });
  test("something that speaks no HTTP", async () => {
    const stranger = net.createServer((socket) => socket.end("SSH-2.0-hello\r\n"));
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    await expect(ask({ ...upstream.source, url }, request())).rejects.toMatchObject({
      code: "upstream_unavailable",
      fault: "down",
    });
    stranger.close();
  });
  test("a CA file that is not there", async () => {
    const source = { ...upstream.source, caFile: "/nowhere/ca.pem" };
    await expect(ask(source, request())).rejects.toThrow("CA file: ENOENT");
  });
  test("a caller who leaves is no failure of the source, and the source is told", async () => {
    const caller = new AbortController();
    upstream.answer = () => null;
    const asked = ask(upstream.source, request({ signal: caller.signal }));
    await expect.poll(() => upstream.requests.length).toBe(1);
    caller.abort();
    await expect(asked).rejects.toMatchObject({ code: "cancelled" });
    await expect.poll(() => upstream.requests[0]?.hungUp).toBe(true);
    expect(sourceHealth(upstream.source).lastFailure).toBeNull();
  });
});
