import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SeriesData } from "#lib/contracts/series.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { runPanel } from "#lib/server/query/run-panel.ts";
import { ADMIN } from "#lib/server/testing/actors.ts";
import { type RealServer, startPrometheus, startTarget, until } from "#lib/server/testing/real-servers.ts";
import { panelRegistry } from "./registry.ts";

const rooms = Array.from({ length: 40 }, (_, index) => `room{n="${index}",floor="2"} ${index}\n`).join("");

let prometheus: RealServer;
let target: Awaited<ReturnType<typeof startTarget>>;
beforeAll(async () => {
  target = await startTarget(`jobs{queue="mail",kind="a"} 3\njobs{queue="print",kind="a"} 5\n${rooms}`);
  prometheus = await startPrometheus({ target: target.address });
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  await until(async () => (await seriesOf("jobs")).series.length === 2);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  target.close();
  await prometheus.remove();
});

function ask(query: string, actor: Actor = ADMIN) {
  const params = { query, unit: "count" as const };
  const caller = { actor, nowMs: Date.now(), signal: AbortSignal.timeout(20_000) };
  return runPanel(panelRegistry, caller, {
    panel: "query.series",
    params,
    range: { lastSeconds: 300 },
    widthPx: 600,
  });
}
const seriesOf = async (query: string): Promise<SeriesData> => (await ask(query)).answer.data;
const namesOf = async (query: string) => (await seriesOf(query)).series.map(({ name }) => name);

describe("a query of a runbook", () => {
  it("names series by what tells them apart, and a single one by what it has", async () => {
    expect(await namesOf("jobs")).toEqual(["mail", "print"]);
    expect(await namesOf('sum by (queue, kind) (jobs{queue="mail"})')).toEqual(["a mail"]);
    expect(await namesOf("sum(jobs)")).toEqual(["value"]);
    const { series } = await seriesOf("sum(jobs)");
    expect(series[0]?.values.findLast((value) => value !== null)).toBe(8);
  });

  it("shows the highest of very many, and says so", async () => {
    const { answer } = await ask("room");
    const shown = answer.data.series.map(({ name }) => Number(name));
    expect(shown.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 10));
    expect([answer.partial, answer.warnings]).toEqual([true, ["30 of 40 series are shown, the highest"]]);
  });

  it("answers no series where there is none, and the source's words where it refuses", async () => {
    expect(await namesOf("nothing_like_it")).toEqual([]);
    await expect(ask("sum(")).rejects.toMatchObject({ code: "bad_query" });
  });

  it("is asked with the rights of whoever reads", async () => {
    const reader: Actor = { ...ADMIN, kind: "token", scopes: ["read"] };
    await expect(ask("jobs", reader)).rejects.toMatchObject({ code: "forbidden" });
    const confined: Actor = {
      ...ADMIN,
      confinement: [{ label: "queue", operator: "=", value: "mail" }],
    };
    const { answer } = await ask("jobs", confined);
    expect(answer.data.series.map(({ labels }) => labels.queue)).toEqual(["mail"]);
  });
});
