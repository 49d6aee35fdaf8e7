import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { sendRaw, foreignListener, type RecordingSource, recordingSource } from "./testing/exchange.ts";

const PROD: LabelMatcher = { label: "namespace", operator: "=", value: "prod" };
const token = (more: Partial<Actor> = {}): Actor => ({
  ...ADMIN,
  kind: "token",
  roles: ["viewer"],
  scopes: ["query"],
  ...more,
});

let prometheus: RecordingSource;
let loki: RecordingSource;
let listener: Awaited<ReturnType<typeof foreignListener>>;
let actor: Actor;
beforeEach(async () => {
  actor = token();
  [prometheus, loki] = await Promise.all([recordingSource("prometheus"), recordingSource("loki")]);
  listener = await foreignListener({ sources: [prometheus.source, loki.source], actor: () => actor });
});
afterEach(() => Promise.all([prometheus.close(), loki.close(), listener.close()]));

const ask = (target: string, init?: RequestInit) => fetch(`${listener.url}/api/${target}`, init);
const query = (params = "query=up") => ask(`prometheus/api/v1/query?${params}`);
const post = (target: string, body: URLSearchParams | string, type = "application/x-www-form-urlencoded") =>
  ask(target, { method: "POST", body: String(body), headers: { "content-type": type } });
/** The parameters a source was asked with last, a form's or the address's. */
const paramsOf = ({ seen }: RecordingSource) => {
  const last = seen.at(-1);
  const text = last?.method === "POST" ? last.body : last?.url.split("?")[1];
  return [...new URLSearchParams(text)].filter(([name]) => name !== "timeout");
};

describe("what passes", () => {
  test.each([
    [200, "application/json", '{"b":1,"a":["NaN","+Inf","-Inf","1e-09"],  "a":2}'],
    [200, "application/json; charset=utf-8", '{"status":"success","warnings":["x"]}'],
    [400, "application/json", '{"status":"error","errorType":"bad_data","error":"1:1: parse error"}'],
    [422, "application/json", '{"status":"error","errorType":"execution","error":"x"}'],
    [503, "application/json", '{"status":"error","errorType":"timeout","error":"query timed out"}'],
    [404, "text/plain; charset=utf-8", "404 page not found\n"],
    [500, "text/plain", "\u0000\u00ff"],
  ])("status %i and its body, byte by byte", async (status, contentType, body) => {
    const bytes = Buffer.from(body, "latin1");
    prometheus.answer = (response) => response.writeHead(status, { "content-type": contentType }).end(bytes);
    const response = await query();
    expect(response.status).toBe(status);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it("is the parameters of the table, encoded anew", async () => {
    await query("query=a%2Bb%26c%3D1&time=1&engine=evil&timeout=9h&%71uery=second&dedup=;x");
    expect(prometheus.seen[0]?.url).toBe("/base/api/v1/query?query=a%2Bb%26c%3D1&time=1&timeout=15000ms");
  });

  it("is every match[], and logcli's spelling of it", async () => {
    await ask("prometheus/api/v1/series?match[]=a&match%5B%5D=b&start=1");
    expect(paramsOf(prometheus)).toEqual([
      ["start", "1"],
      ["match[]", "a"],
      ["match[]", "b"],
    ]);
    await ask("loki/loki/api/v1/series?match=a");
    expect(paramsOf(loki)).toEqual([["match[]", "a"]]);
  });

  it("is a form before the address, as Prometheus reads them", async () => {
    await post("prometheus/api/v1/query?query=address&time=7", "query=form");
    expect(paramsOf(prometheus)).toEqual([
      ["query", "form"],
      ["time", "7"],
    ]);
  });

  it("goes on as a form when it is long, unless the source takes none there", async () => {
    const long = "x".repeat(3_000);
    await post("prometheus/api/v1/query", `query=${long}`);
    await post("prometheus/api/v1/label/job/values", `match[]=${long}`);
    expect(prometheus.seen.map(({ method }) => method)).toEqual(["POST", "GET"]);
    expect(prometheus.seen[1]?.url).toContain(long);
  });

  it("is compressed for who takes it", async () => {
    const body = JSON.stringify({ status: "success", data: "x".repeat(10_000) });
    prometheus.answer = (response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(body);
    const bytes = (encoding: string) =>
      sendRaw(
        listener.port,
        `GET /api/prometheus/api/v1/query HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: ${encoding}\r\n\r\n`,
      );
    const [head = "", zipped = ""] = (await bytes("gzip")).split("\r\n\r\n");
    expect(head.toLowerCase()).toContain("content-encoding: gzip");
    expect(gunzipSync(Buffer.from(zipped, "latin1")).toString("utf8")).toBe(body);
    expect(await bytes("identity")).toContain(body);
  });
});

describe("what is refused", () => {
  test.each<[string, Partial<Actor>]>([
    ["another scope", { scopes: ["read", "write", "admin"] }],
    ["no role", { roles: [] }],
  ])("%s, in the source's own shape", async (_, more) => {
    actor = token(more);
    const response = await query();
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ status: "error", errorType: "forbidden" });
    const fromLoki = await ask("loki/loki/api/v1/query?query=x");
    expect([fromLoki.status, fromLoki.headers.get("content-type")]).toEqual([
      403,
      "text/plain; charset=utf-8",
    ]);
    expect([...prometheus.seen, ...loki.seen]).toEqual([]);
  });

  test.each([
    ["JSON", "{}", "application/json", 415, "bad_data"],
    ["a form too large", `query=${"x".repeat(300_000)}`, undefined, 413, "bad_data"],
    ["a query too long", `query=${"x".repeat(33_000)}`, undefined, 400, "bad_data"],
  ])("%s", async (_, body, type, status, errorType) => {
    const response = await post("prometheus/api/v1/query", body, type);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errorType });
    expect(prometheus.seen).toEqual([]);
  });

  test.each([
    ["0", "7948800", 200],
    ["0", "7948801", 422],
    ["2026-01-01T00:00:00Z", "2026-04-03T00:00:00Z", 200],
    ["2026-01-01T00:00:00Z", "2026-04-03T00:00:01Z", 422],
    ["1e3", "9e9", 422],
    ["1e-3", "9e9", 422],
    ["1800000000", "99999999999", 422],
    ["now", "later", 200],
  ])("a range from %s to %s: %i", async (start, end, status) => {
    const params = new URLSearchParams({ query: "up", start, end, step: "1h" });
    expect((await ask(`prometheus/api/v1/query_range?${params}`)).status).toBe(status);
  });

  test.each([
    [100, 200],
    [101, 400],
  ])("%i selectors in one question: %i", async (count, status) => {
    const params = new URLSearchParams(Array.from({ length: count }, () => ["match[]", "up"]));
    expect((await ask(`prometheus/api/v1/series?${params}`)).status).toBe(status);
  });

  it("an answer over the limit, with the reason", async () => {
    prometheus.answer = (response) =>
      response.writeHead(200, { "content-type": "application/json" }).end("x".repeat(33 * 1024 * 1024));
    const response = await query();
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ status: "error", errorType: "execution" });
  });

  it("more than its share of the source's slots", async () => {
    prometheus.answer = () => undefined;
    const leave = new AbortController();
    const asked = Array.from({ length: 12 }, (_, nth) =>
      ask(`prometheus/api/v1/query?query=up+${nth}`, { signal: leave.signal }).catch(() => null),
    );
    await vi.waitFor(() => expect(prometheus.seen).toHaveLength(4));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(prometheus.seen).toHaveLength(4);
    leave.abort();
    await Promise.all(asked);
  });
});

it("stops asking when the client has left", async () => {
  let hungUp = false;
  prometheus.answer = (response) => response.once("close", () => (hungUp = true));
  const leave = new AbortController();
  const asked = ask("prometheus/api/v1/query?query=up", { signal: leave.signal }).catch(() => null);
  await vi.waitFor(() => expect(prometheus.seen).toHaveLength(1));
  leave.abort();
  await asked;
  await vi.waitFor(() => expect(hungUp).toBe(true));
});

describe("a confined actor", () => {
  beforeEach(() => {
    actor = token({ confinement: [PROD] });
  });

  test.each([
    [
      "api/v1/query?query=up%20%2B%20{a%3D%22b%22}",
      [["query", 'up{namespace="prod"} + {namespace="prod",a="b"}']],
    ],
    ["api/v1/query?query=1%2B1", [["query", "1+1"]]],
    ["api/v1/query_exemplars?query=x_bucket", [["query", 'x_bucket{namespace="prod"}']]],
    ["api/v1/series?match[]=up&match[]=", [["match[]", 'up{namespace="prod"}']]],
    ["api/v1/series?match[]=", [["match[]", '{__name__!="",namespace="prod"}']]],
    ["api/v1/labels", [["match[]", '{__name__!="",namespace="prod"}']]],
    ["api/v1/label/job/values?match=up", [["match[]", 'up{namespace="prod"}']]],
    ["api/v1/label/job/values", [["match[]", '{__name__!="",namespace="prod"}']]],
    ["api/v1/status/buildinfo", []],
  ])("asks Prometheus' %s within its matchers", async (target, params) => {
    expect((await ask(`prometheus/${target}`)).status).toBe(200);
    expect(paramsOf(prometheus)).toEqual(params);
  });

  test.each([
    ['query?query={a="b"}|="x"', [["query", '{namespace="prod",a="b"}|="x"']]],
    ["labels", [["query", '{namespace="prod"}']]],
    ["labels?query=%20", [["query", '{namespace="prod"}']]],
    ['label/job/values?query={a="b"}', [["query", '{namespace="prod",a="b"}']]],
    ["series", [["match[]", '{namespace="prod"}']]],
    ['series?match={a="b"}&match[]=', [["match[]", '{namespace="prod",a="b"}']]],
    ["index/stats", [["query", '{namespace="prod"}']]],
    ["index/volume", [["query", '{namespace="prod"}']]],
    ["detected_fields", [["query", '{namespace="prod"}']]],
    ["patterns", [["query", '{namespace="prod"}']]],
    ['format_query?query={a="b"}', [["query", '{a="b"}']]],
  ])("asks Loki's %s within its matchers", async (target, params) => {
    expect((await ask(`loki/loki/api/v1/${target}`)).status).toBe(200);
    expect(paramsOf(loki)).toEqual(params);
  });

  test.each(["metadata", "rules", "alerts", "targets"])(
    "is refused %s, which cannot be confined",
    async (name) => {
      expect((await ask(`prometheus/api/v1/${name}`)).status).toBe(403);
      expect(prometheus.seen).toEqual([]);
      actor = token();
      expect((await ask(`prometheus/api/v1/${name}`)).status).toBe(200);
    },
  );

  test.each(["", "up{", "info(up)", "up{a='b} or up", "unknown(up)"])(
    "is refused the query %j",
    async (text) => {
      const response = await query(new URLSearchParams({ query: text }).toString());
      expect([400, 403]).toContain(response.status);
      expect(prometheus.seen).toEqual([]);
    },
  );
});
