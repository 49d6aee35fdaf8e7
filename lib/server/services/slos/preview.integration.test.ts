import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SloDefinition } from "#lib/contracts/slo-definition.ts";
import { Preview } from "#lib/contracts/slos.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { connectDatabase, transaction } from "#lib/server/db/client.ts";
import { saveLedgerRows } from "#lib/server/db/ledger.repo.ts";
import { saveProgress } from "#lib/server/db/measure.repo.ts";
import { daySums } from "#lib/domain/slo/slots/days.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { measureId } from "#lib/server/ledger/measure-id.ts";
import { ADMIN, VIEWER } from "#lib/server/testing/actors.ts";
import { testCaller } from "#lib/server/testing/caller.ts";
import { freshDatabase } from "#lib/server/testing/database.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { createSlo } from "./create.ts";
import { previewSlo } from "./preview.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SLOT_MS = 300_000;
/** A whole slot in the past, so that the present has its samples too. */
const NOW_MS = Math.floor(Date.now() / SLOT_MS) * SLOT_MS;
const FROM_MS = NOW_MS - 31 * DAY_MS;
/** Two hours in which half of all requests fail. */
const OUTAGE = { fromMs: NOW_MS - 5 * DAY_MS, toMs: NOW_MS - 5 * DAY_MS + 2 * HOUR_MS };
const PER_SECOND = 10;

/** Failed requests since the beginning at half of ten a second, in the outage alone. */
const failed = (tMs: number) =>
  (Math.max(0, Math.min(tMs, OUTAGE.toMs) - OUTAGE.fromMs) / 1000) * (PER_SECOND / 2);
const all = (tMs: number) => ((tMs - FROM_MS) / 1000) * PER_SECOND;

const target = { job: "shop", instance: "a:1", service: "shop" };
const SERIES: WrittenSeries[] = [
  {
    name: "http_requests_total",
    labels: { ...target, status: "200", route: "/cart" },
    valueAt: (t) => all(t) - failed(t),
  },
  { name: "http_requests_total", labels: { ...target, status: "500", route: "/pay" }, valueAt: failed },
  { name: "http_request_duration_seconds_count", labels: target, valueAt: all },
  ...["0.5", "+Inf"].map((le) => ({
    name: "http_request_duration_seconds_bucket",
    labels: { ...target, le },
    valueAt: all,
  })),
  // Down for six of its minutes a day ago.
  {
    name: "up",
    labels: { job: "node", instance: "nas1:9100" },
    valueAt: (t) => (t > NOW_MS - DAY_MS && t <= NOW_MS - DAY_MS + 6 * 60_000 ? 0 : 1),
  },
];

const [availability, latency] = templateDefinitions("api", {
  service: "shop",
  owner: null,
  tier: null,
  runbookUrl: null,
  names: METRIC_PRESETS.prometheus,
}) as [SloDefinition, SloDefinition];
const over30d = (goal: number): SloDefinition["objectives"] => [
  { target: goal, window: { kind: "rolling", days: 30 } },
];

let prometheus: RealServer;
let disconnect: () => Promise<void>;
beforeAll(async () => {
  disconnect = connectDatabase(await freshDatabase());
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  await writeSeries(prometheus.url, SERIES, { fromMs: FROM_MS, toMs: NOW_MS, stepMs: 60_000 });
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  vi.useFakeTimers({ now: NOW_MS, toFake: ["Date"] });
});
afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await prometheus.remove();
  await disconnect();
});

async function preview(definition: SloDefinition, actor = ADMIN) {
  const answer = await previewSlo(actor, { definition }, testCaller());
  return { ...answer, data: Preview.parse(answer.data) };
}
const remaining = ({ data }: Awaited<ReturnType<typeof preview>>) =>
  data.budgets.map(({ budgetRemainingRatio }) => budgetRemainingRatio);

describe("the preview of an SLO", () => {
  it("shows the budget that there would have been: 36,000 bad of 25.92 million", async () => {
    const shown = await preview({ ...availability, objectives: [...over30d(0.999), ...over30d(0.99)] });
    // 36,000 / (0.001 * 25,920,000) = 138.9 % and a tenth of it are used.
    expect(shown.data.budgets).toHaveLength(2);
    expect(shown.data.budgets[0]).toMatchObject({ status: "exhausted", window: "30d", group: {} });
    expect(remaining(shown)[0]).toBeCloseTo(1 - 1.3889, 3);
    expect(remaining(shown)[1]).toBeCloseTo(1 - 0.13889, 3);
    expect(shown.data.budgets[0]?.bad).toBe(36_000);
    expect(shown.asOf).toBe(new Date(NOW_MS).toISOString());
  });

  it("goes on from what it knows when it is asked again in the next slot", async () => {
    vi.setSystemTime(NOW_MS + SLOT_MS);
    const shown = await preview(availability);
    vi.setSystemTime(NOW_MS);
    expect(shown.data.budgets[0]?.bad).toBe(36_000);
    expect(remaining(shown)[0]).toBeCloseTo(1 - 1.3889, 3);
  });

  it("draws a trailing budget that ends in the budget's own figure, and falls in the outage alone", async () => {
    const { data } = await preview(availability);
    const { trailing, sli } = data.graphs[0]!;
    expect(trailing.budgetRemainingRatio.at(-1)).toBe(data.budgets[0]?.budgetRemainingRatio);
    const before = trailing.timesMs.findLastIndex((at) => at <= OUTAGE.fromMs);
    // Nothing may lie before the first point.
    expect(trailing.budgetRemainingRatio.slice(1, before + 1).every((left) => left === 1)).toBe(true);
    expect(trailing.budgetRemainingRatio[before + 2]).toBeLessThan(0);
    const worst = Math.min(...sli.goodRatio.filter((ratio) => ratio !== null));
    expect(worst).toBeGreaterThanOrEqual(0.5);
    expect(worst).toBeLessThan(0.9);
  });

  it("says which alerts would have fired, and when", async () => {
    const { data } = await preview(availability);
    const fast = data.alerts.find(({ tier }) => tier === "page_fast");
    // 500x for two hours: at once above 14.4x over 1 h, and over as soon as five minutes are clean.
    expect(fast?.times).toEqual([OUTAGE]);
    expect(data.alerts.map(({ tier }) => tier)).toEqual([
      "page_fast",
      "page_slow",
      "ticket_fast",
      "ticket_slow",
    ]);
    const forgiving = await preview({ ...availability, minimumBadEvents: 40_000 });
    expect(forgiving.data.alerts).toEqual([]);
  });

  it("splits by labels, and tells the story of the worst group", async () => {
    const { data } = await preview({ ...availability, groupBy: ["route"] });
    expect(data.budgets.map(({ group }) => group.route).sort()).toEqual(["/cart", "/pay"]);
    expect(data.graphs.map(({ group }) => group.route)).toEqual(["/pay"]);
  });

  it("answers issues by field, and no figures, for what cannot be saved", async () => {
    const { data } = await preview({ ...availability, objectives: over30d(1) });
    expect(data.issues.map(({ path }) => path)).toEqual(["objectives.0.target"]);
    expect([data.budgets, data.graphs, data.queries]).toEqual([[], [], []]);
    const past = { kind: "one_off", startMs: OUTAGE.fromMs, endMs: OUTAGE.toMs, reason: "oops" } as const;
    const excluded = await preview({ ...availability, exclusions: { events: [], windows: [past] } });
    expect(excluded.data.issues.map(({ path }) => path)).toEqual(["exclusions.windows.0"]);
    const broken = { kind: "probe", expression: "up{", good: { operator: ">=", value: 1 } } as const;
    const unread = await preview({
      ...availability,
      sli: broken,
      budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: null },
    });
    expect(unread.data.issues.map(({ path }) => path)).toEqual(["sli.expression"]);
  });

  it("does not take a threshold without a bucket for slow requests", async () => {
    const sound = await preview(latency);
    expect(remaining(sound)).toEqual([1]);
    const { data } = await preview({ ...latency, sli: { ...latency.sli, thresholdSeconds: 0.3 } as never });
    expect(data.problem).toMatch(/no bucket at 0\.3 s/);
    expect(data.budgets.map(({ status, budgetRemainingRatio }) => [status, budgetRemainingRatio])).toEqual([
      ["no_data", null],
    ]);
  });

  it("counts time slices, in more questions than one", async () => {
    const { data } = await preview({
      ...availability,
      name: "reachable",
      service: null,
      node: "nas1",
      sli: { kind: "probe", expression: 'up{job="node"}', good: { operator: ">=", value: 1 } },
      budgeting: { method: "timeslices", sliceMinutes: 1, sliceGood: null },
    });
    expect(data.budgets[0]?.bad).toBe(6);
    expect(data.budgets[0]?.status).toBe("healthy");
    // 6 of 30 d * 0.1 % = 43.2 minutes.
    expect(data.budgets[0]?.budgetRemainingRatio).toBeCloseTo(1 - 6 / 43.2, 3);
  });

  it("asks in the sight of whoever is confined, never the ledger of everybody", async () => {
    const definition: SloDefinition = { ...availability, name: "kept", onMissing: "gap" };
    const other = { label: "service", operator: "=", value: "elsewhere" } as const;
    await createSlo(ADMIN, { definition }, testCaller());
    await expect(
      preview({ ...definition, name: "mine" }, { ...ADMIN, confinement: [other] }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(preview(availability, VIEWER)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("takes what the ledger has, and journeys read their steps", async () => {
    const id = measureId(measureOf(availability)!);
    const day = Math.floor((NOW_MS - 10 * DAY_MS) / DAY_MS);
    // Kept otherwise than the source has it, to tell who was asked: 288 slots of 1,000 with 10 bad ones each.
    const bad = new Float64Array(288).fill(10);
    const total = new Float64Array(288).fill(1_000);
    await transaction(async (tx) => {
      const row = { measureId: id, groupKey: "{}", day, bad, total, sums: daySums(bad, total), revision: 0 };
      await saveLedgerRows(tx, [row]);
      const first = Math.floor((NOW_MS - 40 * DAY_MS) / SLOT_MS);
      await saveProgress(tx, [{ id, backfillTo: first, resumeSlot: Math.floor(NOW_MS / SLOT_MS) }]);
    });
    const { data } = await preview(availability);
    expect(data.budgets[0]?.bad).toBe(2_880);
    const step = { name: "Pay", slo: "shop/kept", onCriticalPath: true };
    const journey: SloDefinition = {
      ...availability,
      name: "buy",
      service: null,
      sli: { kind: "composite", combine: "serial", steps: [step], businessImpact: "high" },
    };
    const shown = await preview(journey);
    expect(remaining(shown)).toEqual([data.budgets[0]?.budgetRemainingRatio]);
    expect(shown.data.budgets[0]?.total).toBeNull();
    expect(shown.data.graphs[0]?.trailing.budgetRemainingRatio.at(-1)).toBe(remaining(shown)[0]);
    const unknown = { ...journey, sli: { ...journey.sli, steps: [{ ...step, slo: "shop/none" }] } };
    expect((await preview(unknown as SloDefinition)).data.issues[0]?.path).toBe("sli.steps.0.slo");
  });
});
