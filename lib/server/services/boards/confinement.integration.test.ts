import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { boardSpec } from "#lib/client/boards-spec.ts";
import type { BoardPanel } from "#lib/contracts/boards.ts";
import type { LogLines } from "#lib/contracts/logs.ts";
import type { SeriesData } from "#lib/contracts/series.ts";
import type { VariableValues } from "#lib/domain/boards/variables.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { connectDatabase } from "#lib/server/db/client.ts";
import { panelRegistry } from "#lib/server/panels/registry.ts";
import { panelLines } from "#lib/server/query/panel-lines.ts";
import { ADMIN, personWith } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus, startTarget, until } from "#lib/server/testing/real-servers.ts";
import { startTestStore, type TestStore } from "#demo/logstore/testing.ts";
import { makeBoard } from "./create.ts";
import { getBoard } from "./read.ts";

const OWN: Actor = {
  ...personWith("viewer"),
  confinement: [{ label: "service", operator: "=", value: "web" }],
};
/** The catalogue knows no such service, but an address may name anything. */
const HOSTILE = 'web"} or secret_sales{a="';
const panel = (kind: BoardPanel["kind"], query: string): BoardPanel => ({
  ...{ kind, query, title: kind },
  ...{ unit: "count", width: "half" },
});

const closers: (() => unknown)[] = [];
let board: string;
let prometheus: RealServer;
let loki: TestStore;
beforeAll(async () => {
  closers.push(connectDatabase(await freshDatabase()));
  const target = await startTarget('sales{service="web"} 3\nsales{service="secret"} 5\n');
  prometheus = await startPrometheus({ target: target.address });
  loki = await startTestStore();
  closers.push(
    () => target.close(),
    prometheus.remove,
    () => loki.close(),
  );
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  vi.stubEnv("LOKI_URL", `http://127.0.0.1:${loki.port}`);
  loki.nowMs = Date.now();
  const streams = ["web", "secret"].map((service) => ({
    stream: { service },
    values: [[String(BigInt(loki.nowMs - 60_000) * 1_000_000n), `level=error ${service}`]],
  }));
  const headers = { "content-type": "application/json" };
  await loki.ask("POST", "/loki/api/v1/push", { headers, body: JSON.stringify({ streams }) });
  const panels = [
    panel("series", 'sales{service="$service"}'),
    panel("logs", '{service=~"$service|secret"}'),
    panel("log-volume", '{service="$service"}'),
  ];
  board = (await makeBoard(ADMIN, { name: "Sales", panels }, testCaller())).board.id;
  await until(async () => (await seenBy(ADMIN, "secret")).series.length > 0);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all(closers.map((close) => close()));
});

/** What the page of the board shows to somebody who chose a service. */
async function seenBy(actor: Actor, service: string) {
  const read = await getBoard(actor, { board });
  const chosen: VariableValues = { service, node: null };
  const { panels } = boardSpec(read.board, chosen).spec;
  const caller = { actor, nowMs: Date.now(), signal: AbortSignal.timeout(20_000) };
  const lines = await Promise.all(
    panelLines(panelRegistry, caller, { range: { lastSeconds: 600 }, panels }, "r"),
  );
  const dataOf = (id: string) => {
    const line = lines.find((one) => one.id === id);
    expect(line).toMatchObject({ id, ok: true });
    return line?.ok ? line.answer.data : null;
  };
  const total = (data: SeriesData) =>
    data.series.flatMap(({ values }) => values).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return {
    series: (dataOf("panel-1") as SeriesData).series.map(({ labels }) => labels.service),
    lines: (dataOf("panel-2") as LogLines).lines.map(({ line }) => line),
    volume: total(dataOf("panel-3") as SeriesData),
  };
}

it("shows everything to whoever is not confined", async () => {
  expect(await seenBy(ADMIN, "secret")).toEqual({
    series: ["secret"],
    lines: ["level=error secret"],
    volume: 1,
  });
  const { lines } = await seenBy(ADMIN, "web");
  expect(lines.toSorted()).toEqual(["level=error secret", "level=error web"]);
});

it("shows the confined their own alone, whatever they choose", async () => {
  expect(await seenBy(OWN, "web")).toEqual({ series: ["web"], lines: ["level=error web"], volume: 1 });
  for (const service of ["secret", HOSTILE, "web|secret", ".*"])
    expect(await seenBy(OWN, service)).toEqual({ series: [], lines: [], volume: 0 });
});

it("takes a value for a value, whoever asks", async () => {
  for (const service of [HOSTILE, "web|secret", ".*"])
    expect(await seenBy(ADMIN, service)).toEqual({ series: [], lines: ["level=error secret"], volume: 0 });
});
