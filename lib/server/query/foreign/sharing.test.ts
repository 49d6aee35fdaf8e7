import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { queryMetrics } from "../metrics.ts";
import { EMPTY_VECTOR, foreignListener, type RecordingSource, recordingSource } from "./testing/exchange.ts";

const PROD: LabelMatcher = { label: "namespace", operator: "=", value: "prod" };
const token = (more: Partial<Actor> = {}): Actor => ({
  ...ADMIN,
  kind: "token",
  roles: ["viewer"],
  scopes: ["query"],
  ...more,
});

let prometheus: RecordingSource;
let listener: Awaited<ReturnType<typeof foreignListener>>;
let actor: Actor;
beforeEach(async () => {
  actor = token();
  prometheus = await recordingSource("prometheus");
  listener = await foreignListener({ sources: [prometheus.source], actor: () => actor });
});
afterEach(() => Promise.all([prometheus.close(), listener.close()]));

const ask = (target: string, init?: RequestInit) =>
  fetch(`${listener.url}/api/prometheus/api/${target}`, init);

describe("equal questions under way", () => {
  const held: (() => void)[] = [];
  let hungUp = 0;
  beforeEach(() => {
    held.length = 0;
    hungUp = 0;
    prometheus.answer = (response) => {
      response.once("close", () => (hungUp += response.writableFinished ? 0 : 1));
      held.push(() => response.writeHead(200, { "content-type": "application/json" }).end(EMPTY_VECTOR));
    };
  });
  const asking = (count: number) =>
    Array.from({ length: count }, () => {
      const leave = new AbortController();
      const text = ask("v1/query?query=up", { signal: leave.signal }).then((response) => response.text());
      return { leave, text: text.catch(() => "left") };
    });

  /** How many wait for an answer that somebody else asked for. */
  const merged = async () => {
    const source = `prometheus/${prometheus.source.name}`;
    const { values } = await queryMetrics().queries.get();
    return values.find(({ labels }) => labels.source === source && labels.outcome === "merged")?.value;
  };

  it("are one upstream, and one client's leaving is no other's", async () => {
    const [first, ...others] = asking(10);
    await vi.waitFor(() => expect(prometheus.seen).toHaveLength(1));
    // Whoever came after the first has left would be the one to ask.
    await vi.waitFor(async () => expect(await merged()).toBe(others.length));
    first!.leave.abort();
    expect(await first!.text).toBe("left");
    expect(hungUp).toBe(0);
    held[0]!();
    expect(await Promise.all(others.map(({ text }) => text))).toEqual(others.map(() => EMPTY_VECTOR));
    expect(prometheus.seen).toHaveLength(1);
  });

  it("are cancelled when the last one has left", async () => {
    const all = asking(3);
    await vi.waitFor(() => expect(prometheus.seen).toHaveLength(1));
    for (const { leave } of all) leave.abort();
    await vi.waitFor(() => expect(hungUp).toBe(1));
  });

  it("are not those of somebody with other matchers", async () => {
    const [free] = asking(1);
    await vi.waitFor(() => expect(prometheus.seen).toHaveLength(1));
    actor = token({ confinement: [PROD] });
    const [confined] = asking(1);
    await vi.waitFor(() => expect(prometheus.seen).toHaveLength(2));
    for (const answer of held) answer();
    expect(await Promise.all([free!.text, confined!.text])).toEqual([EMPTY_VECTOR, EMPTY_VECTOR]);
  });
});

describe("a kept answer", () => {
  const MATRIX = '{"status":"success","data":{"resultType":"matrix","result":[]}}';
  const range = () => ask("v1/query_range?query=up&start=1200&end=3600&step=60");
  beforeEach(() => {
    prometheus.answer = (response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(MATRIX);
  });

  it("is given to whoever may ask, after the same questions to each of them", async () => {
    for (const _ of [1, 2, 3, 4]) expect(await (await range()).text()).toBe(MATRIX);
    expect(prometheus.seen).toHaveLength(1);
    actor = token({ scopes: ["read"] });
    expect((await range()).status).toBe(403);
    actor = token({ confinement: [PROD] });
    expect(await (await range()).text()).toBe(MATRIX);
    expect(decodeURIComponent(prometheus.seen[1]!.url)).toContain('query=up{namespace="prod"}&');
    expect(prometheus.seen).toHaveLength(2);
  });
});
