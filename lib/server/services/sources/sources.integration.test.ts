import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SourceEntry, type SourceTest } from "#lib/contracts/access.ts";
import { parseSettings, type SourceSettings } from "#lib/server/env.ts";
import { type FakeUpstream, type Reply, startFakeUpstream } from "#lib/server/query/testing/fake-upstream.ts";
import { personWith, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import {
  type RealServer,
  startAlertmanager,
  startPrometheus,
  startTarget,
  until,
} from "#lib/server/testing/real-servers.ts";
import { listSources } from "./list.ts";
import { testSource } from "./test-source.ts";

const SRE = personWith("sre");

function putSources(...sources: SourceSettings[]): void {
  const store = globalThis as unknown as Record<symbol, unknown>;
  store[Symbol.for("burnline.settings")] = { value: { ...parseSettings({}), sources } };
  delete store[Symbol.for("burnline.rate-limits")];
}

const ask = ({ kind, name }: SourceSettings) => testSource(SRE, { kind, name }, testCaller());
const factsOf = ({ facts }: SourceTest) =>
  Object.fromEntries(facts.map(({ label, value }) => [label, value]));

describe("real servers", () => {
  let target: Awaited<ReturnType<typeof startTarget>>;
  let prometheus: RealServer;
  let alertmanager: RealServer;
  beforeAll(async () => {
    target = await startTarget("up_and_running 1\n");
    [prometheus, alertmanager] = await Promise.all([
      startPrometheus({ target: target.address, flags: ["--storage.tsdb.retention.time=40d"] }),
      startAlertmanager(),
    ]);
  });
  afterAll(async () => {
    target.close();
    await Promise.all([prometheus.remove(), alertmanager.remove()]);
  });

  it("tells what Prometheus is and holds, as it changes", async () => {
    const source: SourceSettings = { kind: "prometheus", name: "real", url: prometheus.url };
    putSources(source);
    await until(async () => factsOf(await ask(source))["Targets"] === "1 up, 0 down");
    const answer = await ask(source);
    expect(answer).toMatchObject({ ok: true, error: null });
    expect(answer.latencyMs).toBeGreaterThanOrEqual(0);
    const { version } = (
      (await (await fetch(`${prometheus.url}/api/v1/status/buildinfo`)).json()) as {
        data: { version: string };
      }
    ).data;
    expect(factsOf(answer)).toEqual({
      Version: `Prometheus ${version}`,
      "Series in the head block": expect.stringMatching(/^\d+$/),
      Retention: "40d",
      Clock: "as ours, within 1 s",
      Targets: "1 up, 0 down",
    });
    target.close();
    await until(async () => factsOf(await ask(source))["Targets"] === "0 up, 1 down");
  });

  it("tells what Alertmanager is", async () => {
    const source: SourceSettings = { kind: "alertmanager", name: "real", url: alertmanager.url };
    putSources(source);
    expect(factsOf(await ask(source))).toEqual({
      Version: expect.stringMatching(/^Alertmanager \d+\.\d+/),
      Cluster: "none, it runs alone",
      "Up for": expect.stringMatching(/^[\d.]+ (ms|s|min)$/),
    });
  });

  it("says so when another kind answers", async () => {
    const source: SourceSettings = { kind: "prometheus", name: "wrong", url: alertmanager.url };
    putSources(source);
    const answer = await ask(source);
    expect([answer.ok, answer.facts]).toEqual([false, []]);
    expect(answer.error).toMatch(/answered HTTP 404: .*Something else answers at this address/);
  });
});

describe("stand-ins", () => {
  let upstream: FakeUpstream;
  beforeEach(async () => {
    upstream = await startFakeUpstream("loki", () => ({ body: "" }));
    return () => upstream.close();
  });

  function answerWith(replies: Record<string, Reply>): void {
    upstream.answer = ({ path }) =>
      replies[path] ?? { status: 404, contentType: "text/plain", body: "not found" };
  }
  const askAs = (kind: SourceSettings["kind"], more: Partial<SourceSettings> = {}) => {
    const source: SourceSettings = { ...upstream.source, kind, ...more };
    putSources(source);
    return ask(source);
  };
  const data = (value: unknown): Reply => ({ body: JSON.stringify({ status: "success", data: value }) });

  interface Exchange {
    name: string;
    path: string;
    status: number;
    contentType: string | null;
    body: string;
  }
  const recording = new URL("../../../../demo/logstore/fixtures/loki-3.7.6.json", import.meta.url);
  const { exchanges } = JSON.parse(readFileSync(recording, "utf8")) as { exchanges: Exchange[] };
  function replay(...names: string[]): void {
    const found = exchanges.filter(({ name }) => names.includes(name));
    answerWith(
      Object.fromEntries(
        found.map(({ path, contentType, ...reply }) => [path, { ...reply, contentType: contentType ?? "" }]),
      ),
    );
  }

  it("tells what Loki answered", async () => {
    replay("buildinfo", "ready", "labels");
    expect(factsOf(await askAs("loki"))).toEqual({
      Version: "Loki 3.7.6",
      Ready: "yes",
      "Labels in the last hour": "4",
    });
    replay("buildinfo", "ready-early", "labels-empty-store");
    expect(factsOf(await askAs("loki"))).toEqual({
      Version: "Loki 3.7.6",
      Ready: "Ingester not ready: waiting for 15s after being ready",
      "Labels in the last hour": "none: nothing was logged",
    });
  });

  it("says which setting a Loki of several tenants misses, though it tells its version", async () => {
    replay("mt-buildinfo-no-org", "mt-ready-no-org", "mt-401-labels");
    const answer = await askAs("loki");
    expect(answer.ok).toBe(false);
    expect(answer.error).toMatch(/answered HTTP 401: no org id\. It serves several tenants: set tenant of /);
    await askAs("loki", { tenant: "prod" });
    expect(upstream.requests.at(-1)?.headers["x-scope-orgid"]).toBe("prod");
  });

  it("knows VictoriaMetrics by what it tells of its index, and does without what it does not offer", async () => {
    answerWith({
      "/api/v1/status/buildinfo": data({ version: "2.24.0" }),
      "/api/v1/status/tsdb": data({ totalSeries: 12_345, seriesCountByMetricName: [] }),
      "/api/v1/query": data({
        resultType: "scalar",
        result: [Date.now() / 1000, String(Date.now() / 1000 - 90)],
      }),
      "/api/v1/targets": data({ activeTargets: [] }),
    });
    expect(factsOf(await askAs("prometheus"))).toEqual({
      Product: "VictoriaMetrics, speaks as Prometheus 2.24.0",
      "Series in the index": "12.3k",
      Clock: "90 s behind ours",
      Targets: "scrapes none",
    });
  });

  it("tells the peers of an Alertmanager's cluster", async () => {
    const cluster = { status: "ready", peers: [{ name: "a" }, { name: "b" }] };
    const uptime = new Date(Date.now() - 3 * 3_600_000).toISOString();
    answerWith({
      "/api/v2/status": { body: JSON.stringify({ versionInfo: { version: "0.25.0" }, uptime, cluster }) },
    });
    expect(factsOf(await askAs("alertmanager"))).toMatchObject({
      Cluster: "2 peers, ready",
      "Up for": "3 h",
    });
  });

  it.each<[string, Reply, RegExp]>([
    ["wrong credentials", { status: 401, body: "Unauthorized" }, /HTTP 401: Unauthorized\. .*bearerToken/],
    [
      "a redirect",
      { status: 302, headers: { location: "/login" }, body: "" },
      /a redirect; .*wants a sign-in/,
    ],
    ["a gateway", { status: 502, body: "Bad Gateway" }, /HTTP 502: Bad Gateway\. A gateway answers/],
    [
      "another product",
      { body: "<html>Router</html>" },
      /HTTP 200: <html>Router<\/html>\. Something of another/,
    ],
  ])("keeps the words of %s, with what to look at", async (_, reply, words) => {
    upstream.answer = () => ({ contentType: "text/plain", ...reply });
    const answer = await askAs("prometheus");
    expect([answer.ok, answer.facts]).toEqual([false, []]);
    expect(answer.error).toMatch(words);
  });

  it("tells a port without a listener, an unknown name, and TLS where there is none", async () => {
    const { url } = upstream.source;
    const tls = await askAs("prometheus", { url: url.replace("http:", "https:") });
    expect(tls.error).toMatch(/It speaks no TLS there: look at http or https in url of/);
    const unknown = await askAs("prometheus", { url: "http://no-such-host.invalid:9090" });
    expect(unknown.error).toMatch(/(ENOTFOUND|EAI_AGAIN)\. Its name is not known here/);
    await upstream.close();
    const refused = await askAs("prometheus", { name: "default" });
    expect(refused.error).toMatch(/ECONNREFUSED\. Nothing listens there: .*port in PROMETHEUS_URL/);
  });

  it("gives up on whoever never answers", async () => {
    upstream.answer = () => null;
    const answer = await askAs("alertmanager");
    expect(answer.error).toMatch(/did not answer within 5000 ms\. It takes connections and does not answer/);
  });
});

describe("who may, and what of", () => {
  it("lists the sources without a secret", async () => {
    putSources(
      { kind: "prometheus", name: "default", url: "http://user:hidden@prom:9090/x", bearerToken: "hidden" },
      {
        kind: "loki",
        name: "logs",
        url: "http://loki:3100",
        basicAuth: "u:hidden",
        tenant: "prod",
        caFile: "/ca",
      },
    );
    const { sources } = await listSources(SRE);
    expect(sources).toEqual([
      {
        kind: "prometheus",
        name: "default",
        url: "http://prom:9090/x",
        auth: "bearer",
        tenant: null,
        ownCa: false,
      },
      { kind: "loki", name: "logs", url: "http://loki:3100", auth: "basic", tenant: "prod", ownCa: true },
    ]);
    expect(JSON.stringify(sources)).not.toContain("hidden");
    expect(sources.map((entry) => SourceEntry.safeParse(entry).success)).toEqual([true, true]);
  });

  it("is for those who run the place", async () => {
    await expect(listSources(VIEWER)).rejects.toMatchObject({ code: "forbidden" });
    const input = { kind: "loki", name: "logs" };
    await expect(testSource(VIEWER, input, testCaller())).rejects.toMatchObject({ code: "forbidden" });
  });

  it("asks no address that is not in the settings", async () => {
    putSources();
    const asked = (input: unknown) => testSource(SRE, input, testCaller());
    await expect(asked({ kind: "loki", name: "x" })).rejects.toMatchObject({ code: "not_found" });
    await expect(asked({ kind: "database", name: "x" })).rejects.toMatchObject({ code: "invalid" });
    await expect(asked({ kind: "loki", name: "x", url: "http://evil" })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});
