import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { findTarget } from "./find-target.ts";
import { LOKI_ENDPOINTS } from "./loki-endpoints.ts";
import { PROMETHEUS_ENDPOINTS } from "./prometheus-endpoints.ts";
import { foreignListener, type RecordingSource, recordingSource, sendRaw } from "./testing/exchange.ts";

let prometheus: RecordingSource;
let loki: RecordingSource;
let listener: Awaited<ReturnType<typeof foreignListener>>;
beforeEach(async () => {
  [prometheus, loki] = await Promise.all([recordingSource("prometheus"), recordingSource("loki")]);
  listener = await foreignListener({ sources: [prometheus.source, loki.source], actor: () => ADMIN });
});
afterEach(() => Promise.all([prometheus.close(), loki.close(), listener.close()]));

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const get = (target: string, headers = "") =>
  sendRaw(listener.port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`);
const seen = () => [...prometheus.seen, ...loki.seen];

describe("paths", () => {
  const tricks = (prefix: string, api: string, admin: string) => [
    `${prefix}/${api}/query/../${admin}`,
    `${prefix}/../${admin}`,
    `${prefix}//${api}/query`,
    `${prefix}/${api}//query`,
    `${prefix}/${api}/query/`,
    `${prefix}/${api}/./query`,
    `${prefix}/${api}/%2e%2e/${admin}`,
    `${prefix}/${api}/query%2f..%2f..%2f${admin}`,
    `${prefix}/${api}/query%00`,
    `${prefix}/${api}/quer%79`,
    `${prefix}/${api}/query;/${admin}`,
    `${prefix}/${api}/query;x=1`,
    `${prefix}/${api}\\query`,
    `${prefix}/${api}/query\\..\\${admin}`,
    `${prefix}/${api}/QUERY`,
    `${prefix}/${api.toUpperCase()}/query`,
    `${prefix}/${api}/query#x`,
    `${prefix}/${api}/label/..%2f..%2f${admin}/values`,
    `${prefix}/${api}/label/a%2fvalues/values`,
    `${prefix}/${api}/label/../values`,
    `${prefix}/${api}/label//values`,
    `${prefix}/${api}/label/values`,
    `${prefix}/${api}/label/caf\u00e9/values`,
    `${prefix}/${api}/label/a.b/values`,
    `${prefix}/${api}/label/a;b/values`,
    `${prefix}/${api}/label/a/b/values`,
    `${prefix}/${admin}`,
    `http://localhost${prefix}/${api}/query`,
    `http://evil.example${prefix}/${api}/query`,
    `//evil.example${prefix}/${api}/query`,
  ];
  test.each([
    ...tricks("/api/prometheus", "api/v1", "api/v1/admin/tsdb/delete_series"),
    ...tricks("/api/loki", "loki/api/v1", "loki/api/v1/delete"),
  ])("%s reaches no source", async (target) => {
    expect([400, 404]).toContain(statusOf(await get(target)));
    expect(seen()).toEqual([]);
  });

  test.each([
    ...[
      "admin/tsdb/delete_series",
      "admin/tsdb/snapshot",
      "write",
      "read",
      "otlp/v1/metrics",
      "status/config",
    ],
    ...[
      "status/flags",
      "status/tsdb",
      "status/runtimeinfo",
      "targets/metadata",
      "alertmanagers",
      "format_query",
    ],
  ])("Prometheus' %s is not there, by any method", async (endpoint) => {
    for (const method of ["GET", "POST", "PUT", "DELETE"]) {
      const response = await fetch(`${listener.url}/api/prometheus/api/v1/${endpoint}`, { method });
      expect([response.status, response.headers.get("content-type")]).toEqual([
        404,
        "application/problem+json",
      ]);
    }
    expect(seen()).toEqual([]);
  });

  test.each(["push", "delete", "rules", "tail", "status/buildinfo", "index/volume_range"])(
    "Loki's %s is not there",
    async (endpoint) => {
      const response = await fetch(`${listener.url}/api/loki/loki/api/v1/${endpoint}`);
      expect(response.status).toBe(404);
      expect(seen()).toEqual([]);
    },
  );

  test.each(["PUT", "DELETE", "PATCH", "OPTIONS"])("a query by %s is refused", async (method) => {
    const response = await fetch(`${listener.url}/api/prometheus/api/v1/query?query=up`, { method });
    expect(response.status).toBe(405);
    expect(seen()).toEqual([]);
  });

  it("gives a source its own path for every endpoint of the tables", () => {
    for (const [prefix, table] of [
      ["/api/prometheus", PROMETHEUS_ENDPOINTS],
      ["/api/loki", LOKI_ENDPOINTS],
    ] as const) {
      for (const { path } of table) {
        const own = path.replace("{name}", "U__a_b");
        expect(findTarget(`${prefix}${own}`)?.upstreamPath).toBe(own);
      }
    }
  });
});

describe("headers", () => {
  const OURS = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "host",
    "user-agent",
    "x-scope-orgid",
  ];
  const smuggled = [
    "Authorization: Bearer of-the-client",
    "X-Scope-OrgID: of-the-client",
    "X-Forwarded-For: 10.9.9.9",
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Prefix: /evil",
    "Forwarded: for=10.9.9.9",
    "X-Original-URL: /api/v1/admin/tsdb/delete_series",
    "X-HTTP-Method-Override: DELETE",
    "X-Prometheus-Scrape-Timeout-Seconds: 1",
    "X-Query-Tags: a=b",
    "Cookie: burnline.session=secret",
    "Keep-Alive: timeout=1",
    "Connection: X-Scope-OrgID, Authorization",
    "X-Loki-Response-Encoding-Flags: categorize-labels\u00ff",
    "Range: bytes=0-1",
    "Expect-CT: x",
  ].join("\r\n");

  test.each([
    ["/api/prometheus/api/v1/query?query=up", () => prometheus],
    ["/api/loki/loki/api/v1/query?query=x", () => loki],
  ] as const)("%s carries only ours", async (target, source) => {
    expect(statusOf(await get(target, `${smuggled}\r\n`))).toBe(200);
    const [request] = source().seen;
    const sent = Object.fromEntries(
      (request?.headers ?? []).flatMap((name, i, all) =>
        i % 2 === 0 ? [[name.toLowerCase(), all[i + 1]]] : [],
      ),
    );
    expect(Object.keys(sent).sort()).toEqual(OURS);
    expect(sent).toMatchObject({
      authorization: "Bearer of-the-source",
      "x-scope-orgid": "of-the-source",
      "user-agent": "burnline",
      host: new URL(source().source.url).host,
    });
  });

  it("lets Loki be asked for categorized labels, in our words", async () => {
    await get("/api/loki/loki/api/v1/query?query=x", "X-Loki-Response-Encoding-Flags: categorize-labels\r\n");
    expect(loki.seen[0]?.headers.join()).toContain("x-loki-response-encoding-flags,categorize-labels");
  });

  const post = (headers: string, body: string) =>
    sendRaw(
      listener.port,
      `POST /api/prometheus/api/v1/query HTTP/1.1\r\nHost: localhost\r\n` +
        `Content-Type: application/x-www-form-urlencoded\r\n${headers}\r\n\r\n${body}`,
    );
  const inner = "GET /api/v1/admin/tsdb/snapshot HTTP/1.1\r\nHost: x\r\n\r\n";
  test.each([
    ["two lengths", "Content-Length: 8\r\nContent-Length: 60", `query=up${inner}`],
    ["a length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked", `0\r\n\r\n${inner}`],
    ["an unknown coding", "Transfer-Encoding: xchunked", `0\r\n\r\n${inner}`],
    ["a folded coding", "Transfer-Encoding:\r\n chunked, identity", `0\r\n\r\n${inner}`],
    ["a request behind the body", "Content-Length: 8", `query=up${inner}`],
    ["a line end in a header", "X-A: b\nX-Scope-OrgID: evil\r\nContent-Length: 8", "query=up"],
  ])("%s smuggles nothing", async (_, headers, body) => {
    await post(headers, body);
    for (const { url, headers: sent, body: form } of seen()) {
      expect(`${url} ${form}`).toMatch(
        /^\/base\/api\/v1\/query\?query=\w*&?timeout=15000ms $|^\/base\/api\/v1\/query\?/,
      );
      expect(sent.join()).not.toContain("evil");
    }
    expect(seen().length).toBeLessThanOrEqual(1);
  });
});

describe("a hostile source", () => {
  it("sets no header of the client's answer", async () => {
    prometheus.answer = (response) =>
      response
        .writeHead(200, {
          "content-type": "application/json; charset=evil",
          "set-cookie": "burnline.session=stolen",
          "content-security-policy": "script-src *",
          location: "https://evil.example",
          "access-control-allow-origin": "*",
          "cache-control": "public",
          "x-request-id": "forged",
          refresh: "0;url=https://evil.example",
          "www-authenticate": "Basic",
        })
        .end("{}");
    const response = await fetch(`${listener.url}/api/prometheus/api/v1/query?query=up`);
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "no-store",
      connection: "keep-alive",
      "content-length": "2",
      "content-type": "application/json",
      date: expect.any(String) as string,
      "keep-alive": expect.any(String) as string,
      vary: "accept-encoding",
    });
  });

  test.each([
    ["a redirect", 302, "text/plain"],
    ["a permanent redirect", 308, "application/json"],
    ["a page", 200, "text/html"],
    ["a gateway's page", 502, "text/html"],
    ["a script", 200, "text/javascript"],
    ["nothing in particular", 200, ""],
    ["a refusal of our credentials", 401, "application/json"],
    ["a refusal of our tenant", 403, "text/plain"],
  ])("%s is answered as 502", async (_, status, contentType) => {
    prometheus.answer = (response) =>
      response
        .writeHead(status, { ...(contentType && { "content-type": contentType }), location: "/api/v1/admin" })
        .end("<script>alert(1)</script>");
    const response = await fetch(`${listener.url}/api/prometheus/api/v1/query?query=up`, {
      redirect: "manual",
    });
    expect(response.status).toBe(502);
    expect(response.headers.get("location")).toBeNull();
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toMatchObject({ status: "error", errorType: "unavailable" });
    expect(prometheus.seen).toHaveLength(1);
  });
});
