import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Actor } from "#lib/server/auth/actor.ts";
import { panelRegistry } from "#lib/server/panels/registry.ts";
import { runPanel } from "#lib/server/query/run-panel.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { startTestStore, type TestStore } from "#demo/logstore/testing.ts";
import { readFields, readPatterns } from "./inspect.ts";
import { listLogLabel } from "./labels.ts";
import { readLines } from "./lines.ts";

const MINUTE_MS = 60_000;
const CONFINED: Actor = { ...ADMIN, confinement: [{ label: "service", operator: "=", value: "web" }] };
const asked = { signal: new AbortController().signal };

let loki: TestStore;
/** A whole minute, ten of them ago. */
let atMs: number;
const nsOf = (ms: number) => String(BigInt(ms) * 1_000_000n);

beforeAll(async () => {
  loki = await startTestStore();
  loki.nowMs = Date.now();
  atMs = Math.floor(loki.nowMs / MINUTE_MS - 10) * MINUTE_MS;
  const line = (afterMs: number, text: string) => [nsOf(atMs + afterMs), text];
  const streams = [
    {
      stream: { service: "web", node: "ai1" },
      values: [
        line(1_000, "level=info one"),
        line(2_000, "level=error two"),
        line(MINUTE_MS + 1_000, "level=fatal three"),
        line(MINUTE_MS + 2_000, "level=info four"),
      ],
    },
    { stream: { service: "secret", node: "ai1" }, values: [line(3_000, "level=error five")] },
  ];
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ streams });
  expect((await loki.ask("POST", "/loki/api/v1/push", { headers, body })).status).toBe(204);
  vi.stubEnv("LOKI_URL", `http://127.0.0.1:${loki.port}`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await loki.close();
});

const span = () => ({ start: nsOf(atMs), end: nsOf(atMs + 2 * MINUTE_MS) });
async function textsOf(input: object, actor: Actor = ADMIN): Promise<string[]> {
  const { data } = await readLines(actor, { query: '{node="ai1"}', ...span(), ...input }, asked);
  return data.lines.map(({ line }) => line.replace(/^level=\w+ /, ""));
}

describe("lines of a span", () => {
  it("come newest first, from the end that was asked for, and say that there are more", async () => {
    expect(await textsOf({})).toEqual(["four", "three", "five", "two", "one"]);
    expect(await textsOf({ limit: "2" })).toEqual(["four", "three"]);
    expect(await textsOf({ limit: "2", direction: "forward" })).toEqual(["two", "one"]);
    const { data } = await readLines(ADMIN, { query: '{node="ai1"}', ...span(), limit: "2" }, asked);
    expect(data.limitReached).toBe(true);
  });

  it("keep every nanosecond, the end being exclusive", async () => {
    const [start, end] = [nsOf(atMs + 2_000), nsOf(atMs + 2_000)];
    expect(await textsOf({ start, end: String(BigInt(end) + 1n) })).toEqual(["two"]);
    expect(await textsOf({ start: nsOf(atMs + 1_000), end })).toEqual(["one"]);
  });

  it("are those that may be seen, whatever is asked", async () => {
    expect(await textsOf({}, CONFINED)).toEqual(["four", "three", "two", "one"]);
    expect(await textsOf({ query: '{service="secret"}' }, CONFINED)).toEqual([]);
  });

  it.each([
    ["end", { end: "1" }],
    ["start", { start: "now" }],
    ["limit", { limit: "5000" }],
    ["query", { query: " " }],
    ["query", { query: 'rate({node="ai1"}[1m])' }],
  ])("name %s where it cannot be", async (path, input) => {
    await expect(textsOf(input)).rejects.toMatchObject({ fields: [{ path }] });
  });
});

describe("how many lines", () => {
  const volume = (query: string, actor: Actor = ADMIN) =>
    runPanel(
      panelRegistry,
      { actor, nowMs: atMs + 2 * MINUTE_MS, signal: asked.signal },
      {
        panel: "query.log-volume",
        params: { query },
        range: { from: new Date(atMs).toISOString(), to: new Date(atMs + 2 * MINUTE_MS).toISOString() },
        widthPx: 50,
      },
    );
  const countsOf = async (query: string, actor?: Actor) => {
    const { answer } = await volume(query, actor);
    expect(answer.data).toMatchObject({ startSeconds: atMs / 1000, stepSeconds: 60 });
    return Object.fromEntries(answer.data.series.map(({ name, values }) => [name, values]));
  };

  it("are counted by level, in the step in which they were written", async () => {
    expect(await countsOf('{node="ai1"}')).toEqual({ critical: [null, 1], error: [2, null], info: [1, 1] });
  });

  it("are counted behind a comment and a parser as well", async () => {
    expect(await countsOf('{service="web"} | logfmt # why')).toMatchObject({ critical: [null, 1] });
  });

  it("are those that may be seen", async () => {
    expect(await countsOf('{node="ai1"}', CONFINED)).toMatchObject({ error: [1, null] });
  });

  it("are none, and no error, where there is no line", async () => {
    expect(await countsOf('{service="nothing"}')).toEqual({});
  });

  it("are not counted of numbers, nor of a query that closes the count itself", async () => {
    for (const query of ['rate({node="ai1"}[1m])', '{node="ai1"}[1m])) or sum(count_over_time({node="ai1"}'])
      await expect(volume(query)).rejects.toMatchObject({ code: "bad_query" });
  });
});

describe("what is around the lines", () => {
  it("are the values of a label, of streams that may be seen", async () => {
    const values = async (actor: Actor) =>
      (await listLogLabel(actor, { label: "service" }, asked)).data.values;
    expect(await values(ADMIN)).toEqual(["secret", "web"]);
    expect(await values(CONFINED)).toEqual(["web"]);
    expect((await listLogLabel(ADMIN, { label: "nothing" }, asked)).data.values).toEqual([]);
    await expect(listLogLabel(ADMIN, { label: "a/b" }, asked)).rejects.toMatchObject({ code: "invalid" });
  });

  it("are fields and patterns where the source finds any; a source without them is no error", async () => {
    const [from, to] = [atMs, atMs + MINUTE_MS].map((ms) => new Date(ms).toISOString());
    const wanted = { query: '{node="ai1"}', from, to };
    expect((await readFields(ADMIN, wanted, asked)).data).toEqual({ available: false, fields: [] });
    expect((await readPatterns(ADMIN, wanted, asked)).data).toEqual({ available: false, patterns: [] });
    await expect(readPatterns(ADMIN, { ...wanted, to: from }, asked)).rejects.toMatchObject({
      fields: [{ path: "to" }],
    });
  });
});
