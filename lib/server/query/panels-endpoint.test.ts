import http, { type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGunzip } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { PanelLine, PANELS, type PanelName } from "#lib/contracts/panels.ts";
import { ADMIN, personWith } from "#lib/server/testing/actors.ts";
import { AppError, toProblem } from "#lib/server/errors.ts";
import type { PanelContext, PanelRegistry } from "./panel-loader.ts";
import { handlePanels } from "./panels-endpoint.ts";
import { runPanel } from "./run-panel.ts";

const logged = vi.hoisted(() => vi.fn());
vi.mock("#lib/server/log.ts", () => ({ log: () => ({ error: logged }) }));

const measured = <T>(data: T) => ({ data, asOf: null, stale: false, partial: false, warnings: [] });
const series = (context: PanelContext) =>
  measured({
    startSeconds: context.range.fromMs / 1000,
    stepSeconds: context.stepSeconds,
    unit: "ratio" as const,
    series: [],
    thresholds: [],
  });

/** Loaders for the panels of a test; all others fail as a loader with a bug would. */
function registryOf(loaders: Partial<PanelRegistry>): PanelRegistry {
  const broken = () => Promise.reject(new TypeError("a bug with a secret in it"));
  const all = Object.fromEntries(Object.keys(PANELS).map((name) => [name, broken]));
  return { ...all, ...loaders } as PanelRegistry;
}

let server: Server;
let registry: PanelRegistry;
/** Settles when the endpoint is done with its newest request. */
let handled: Promise<void>;
beforeEach(async () => {
  server = http.createServer((request, response) => {
    handled = handlePanels(request, response, { actor: ADMIN, requestId: "r1", registry }).catch(
      (error: unknown) => {
        const problem = toProblem(error, "r1");
        response.writeHead(problem.status).end(JSON.stringify(problem));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function post(body: unknown, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = http.request({ port, method: "POST", path: "/api/v1/panels" }, resolve);
    request.on("error", reject);
    request.setHeader("content-type", "application/json");
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value);
    request.end(typeof body === "string" ? body : JSON.stringify(body));
  });
}
async function linesOf(response: IncomingMessage): Promise<PanelLine[]> {
  const text = (await response.toArray()).join("");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => PanelLine.parse(JSON.parse(line)));
}
const panel = (id: string, name: string, params = {}) => ({ id, panel: name, params });
const asked = (...panels: unknown[]) => ({ range: { lastSeconds: 3600 }, panels });

describe("lines", () => {
  test("arrive as they are ready, each with its data and queries", async () => {
    const slow = Promise.withResolvers<void>();
    registry = registryOf({
      "node.cpu": async (context, { node }) => {
        context.trace?.({ source: "default", expr: `x{node="${node}"}` });
        context.trace?.({ source: "default", expr: `x{node="${node}"}` });
        await slow.promise;
        return series(context);
      },
      "cluster.nodes": async () => measured([]),
    });
    const response = await post(
      asked(panel("slow", "node.cpu", { node: "ai1" }), panel("fast", "cluster.nodes")),
    );
    expect(response.statusCode).toBe(200);
    expect(response.headers["content-type"]).toContain("application/x-ndjson");
    const first = await new Promise<Buffer>((resolve) => response.once("data", resolve));
    expect(JSON.parse(first.toString())).toMatchObject({
      id: "fast",
      ok: true,
      answer: { data: [] },
      queries: [],
    });
    slow.resolve();
    const [second] = await linesOf(response);
    expect(second).toMatchObject({
      id: "slow",
      ok: true,
      queries: [{ source: "default", expr: 'x{node="ai1"}' }],
    });
  });

  test("a chart that the caller holds is told by its tail, everything else whole", async () => {
    const chart = (startSeconds: number, values: (number | null)[]) => () =>
      Promise.resolve(
        measured({
          ...{ startSeconds, stepSeconds: 15, unit: "ratio" as const, thresholds: [] },
          series: [{ name: "a", labels: {}, values }],
        }),
      );
    const ask = async (have: object, ...values: Parameters<typeof chart>) => {
      registry = registryOf({ "node.cpu": chart(...values), "cluster.nodes": async () => measured([]) });
      const wanted = { ...panel("cpu", "node.cpu", { node: "ai1" }), ...have };
      const lines = await linesOf(await post(asked(wanted, { ...panel("n", "cluster.nodes"), ...have })));
      expect(lines.find(({ id }) => id === "n")).not.toHaveProperty("answerId");
      const line = lines.find(({ id }) => id === "cpu");
      if (!line?.ok) throw new Error("no chart came");
      return line;
    };
    const first = await ask({}, 0, [1, 2, 3, null]);
    expect(first).toMatchObject({ answer: { data: { series: [{ values: [1, 2, 3, null] }] } } });
    expect(first.onto).toBeUndefined();
    const second = await ask({ have: first.answerId }, 15, [2, 3, 4, 5]);
    expect(second).toMatchObject({
      onto: first.answerId,
      queries: [],
      answer: { data: { startSeconds: 15, keep: 2, values: [[4, 5]] } },
    });
    expect((await ask({}, 15, [2, 3, 4, 5])).answerId).toBe(second.answerId);
    const unknown = await ask({ have: "forgotten" }, 15, [2, 3, 4, 5]);
    expect(unknown.onto).toBeUndefined();
    expect(unknown.answer.data).toMatchObject({ series: [{ values: [2, 3, 4, 5] }] });
  });

  test("gzip is flushed line by line where accepted", async () => {
    const slow = Promise.withResolvers<void>();
    registry = registryOf({
      "cluster.pods": () => slow.promise.then(() => measured([])),
      "cluster.nodes": async () => measured([]),
    });
    const body = asked(panel("slow", "cluster.pods"), panel("fast", "cluster.nodes"));
    const response = await post(body, { "accept-encoding": "br, gzip;q=0.5" });
    expect(response.headers["content-encoding"]).toBe("gzip");
    const plain = response.pipe(createGunzip());
    const first = await new Promise<Buffer>((resolve) => plain.once("data", resolve));
    expect(first.toString()).toMatch(/^\{"id":"fast".*\}\n$/);
    slow.resolve();
    expect((await plain.toArray()).join("")).toMatch(/^\{"id":"slow".*\}\n$/);
  });
  test.each([["identity"], ["gzip;q=0"], ["br"]])(
    "accept-encoding %s is answered plainly",
    async (encoding) => {
      registry = registryOf({ "cluster.nodes": async () => measured([]) });
      const response = await post(asked(panel("a", "cluster.nodes")), { "accept-encoding": encoding });
      expect(response.headers["content-encoding"]).toBeUndefined();
      expect(await linesOf(response)).toHaveLength(1);
    },
  );

  test("a panel that fails takes no other down, and its error names the field", async () => {
    registry = registryOf({
      "cluster.nodes": async () => measured([]),
      "service.latency": async (context) => series(context),
      "cluster.alerts": () => Promise.reject(new AppError("upstream_unavailable", "it is off")),
    });
    const response = await post(
      asked(
        panel("good", "cluster.nodes"),
        panel("unknown", "cluster.nope"),
        panel("inherited", "constructor"),
        panel("missing", "service.latency"),
        panel("long", "service.latency", { service: "x".repeat(254) }),
        panel("extra", "cluster.nodes", { service: "a" }),
        panel("off", "cluster.alerts"),
        panel("bug", "cluster.pods"),
      ),
    );
    const byId = new Map((await linesOf(response)).map((line) => [line.id, line]));
    expect(byId.get("good")).toMatchObject({ ok: true });
    const problemOf = (id: string) => {
      const line = byId.get(id);
      return line && !line.ok ? line.problem : undefined;
    };
    expect(problemOf("unknown")).toMatchObject({ code: "invalid", errors: [{ path: "panels.1.panel" }] });
    expect(problemOf("inherited")).toMatchObject({ code: "invalid", errors: [{ path: "panels.2.panel" }] });
    expect(problemOf("missing")).toMatchObject({
      code: "invalid",
      errors: [{ path: "panels.3.params.service" }],
    });
    expect(problemOf("long")).toMatchObject({
      code: "invalid",
      errors: [{ path: "panels.4.params.service" }],
    });
    expect(problemOf("extra")).toMatchObject({ code: "invalid", errors: [{ path: "panels.5.params" }] });
    expect(problemOf("off")).toMatchObject({ code: "upstream_unavailable", detail: "it is off" });
    expect(problemOf("bug")).toMatchObject({ code: "internal", requestId: "r1" });
    expect(JSON.stringify(problemOf("bug"))).not.toContain("secret");
    expect(logged.mock.calls).toEqual([
      [{ err: expect.any(TypeError) as Error, requestId: "r1", panel: "cluster.pods" }, "panel failed"],
    ]);
  });

  test("a client that leaves takes the work along", async () => {
    let signal: AbortSignal | undefined;
    registry = registryOf({
      "cluster.nodes": (context) => {
        signal = context.signal;
        return new Promise((_, reject) => {
          context.signal.addEventListener("abort", () => reject(new AppError("cancelled", "left")));
        });
      },
    });
    const response = await post(asked(panel("a", "cluster.nodes")));
    expect(signal?.aborted).toBe(false);
    response.destroy();
    await expect.poll(() => signal?.aborted).toBe(true);
    await expect(handled).resolves.toBeUndefined();
  });
});

describe("requests that cannot be answered", () => {
  const good = asked(panel("a", "cluster.nodes"));
  beforeEach(() => {
    registry = registryOf({});
  });
  test.each([
    ["other content", good, { "content-type": "text/plain" }, 415, undefined],
    ["no JSON", "{", {}, 400, undefined],
    ["a body too long", `"${"x".repeat(256 * 1024)}"`, {}, 413, undefined],
    [
      "a long body without a length",
      `"${"x".repeat(256 * 1024)}"`,
      { "transfer-encoding": "chunked" },
      413,
      undefined,
    ],
    ["null", "null", {}, 422, ""],
    ["no panels", asked(), {}, 422, "panels"],
    ["twice the same id", asked(panel("a", "x"), panel("a", "y")), {}, 422, "panels"],
    ["a narrow panel", asked({ ...panel("a", "x"), widthPx: 1 }), {}, 422, "panels.0.widthPx"],
    [
      "a range backwards",
      { ...good, range: { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" } },
      {},
      422,
      "range.to",
    ],
    ["a range of nothing", { ...good, range: { lastSeconds: 0 } }, {}, 422, "range.lastSeconds"],
  ])("%s", async (_, body, headers, status, path) => {
    const response = await post(body, headers);
    const problem = JSON.parse((await response.toArray()).join("")) as { errors?: { path: string }[] };
    expect(response.statusCode).toBe(status);
    if (path !== undefined) expect(problem.errors?.map((error) => error.path)).toContain(path);
  });
  test("GET", async () => {
    const { port } = server.address() as AddressInfo;
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(405);
  });
});

describe("runPanel", () => {
  const caller = { actor: ADMIN, signal: new AbortController().signal, nowMs: 1_800_000_000_000 };

  test("resolves the range and the step, and answers what the contract says", async () => {
    registry = registryOf({ "service.latency": async (context) => series(context) });
    const call = { panel: "service.latency", params: { service: "web" }, widthPx: 600 } as const;
    const relative = await runPanel(registry, caller, { ...call, range: { lastSeconds: 86_400 } });
    expect(relative.answer.data).toMatchObject({ startSeconds: 1_799_913_600, stepSeconds: 300 });
    const range = { from: "2026-11-01T00:00:00Z", to: "2026-11-01T01:00:00+00:00" };
    const absolute = await runPanel(registry, caller, { ...call, range });
    expect(absolute.answer.data).toMatchObject({ startSeconds: 1_793_491_200, stepSeconds: 15 });
    expect(PANELS["service.latency"].data.safeParse(absolute.answer.data).success).toBe(true);
  });
  test("refuses an actor without a role before any loader runs", async () => {
    const nobody = { ...caller, actor: personWith() };
    const call = {
      panel: "cluster.pods" as PanelName,
      params: {},
      range: { lastSeconds: 3600 },
      widthPx: 600,
    };
    await expect(runPanel(registryOf({}), nobody, call)).rejects.toMatchObject({ code: "forbidden" });
  });
});
