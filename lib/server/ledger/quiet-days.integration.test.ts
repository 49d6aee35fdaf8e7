import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { templateDefinitions } from "#lib/domain/slo/definition/templates.ts";
import { type Fused, fuse } from "#lib/domain/slo/queries/fuse.ts";
import { measureOf } from "#lib/domain/slo/queries/measure.ts";
import { DAY_MS, MINUTE_MS, type SlotRange, slotAt, SLOTS_PER_DAY } from "#lib/domain/slo/slots/slot.ts";
import { SYSTEM_ACTOR } from "#lib/server/auth/actor.ts";
import { type RealServer, startPrometheus } from "#lib/server/testing/real-servers.ts";
import { TAKES_REMOTE_WRITE, type WrittenSeries, writeSeries } from "#lib/server/testing/write-series.ts";
import { askSlots } from "./ask.ts";
import { inPieces } from "./quiet-days.ts";

const DAYS = 8;
const END_MS =
  Math.floor(Date.now() / DAY_MS) * DAY_MS +
  35 * MINUTE_MS -
  (Date.now() % DAY_MS < 35 * MINUTE_MS ? DAY_MS : 0);
const START_MS = END_MS - DAYS * DAY_MS;
const day = (number: number) => Math.ceil(START_MS / DAY_MS) * DAY_MS + number * DAY_MS;

const name = "http_requests_total";
const counted = (tMs: number) => ((tMs - START_MS) / 1000 + 9_000) * 4;
const shop = { job: "shop", service: "shop", status: "200" };
const SERIES: WrittenSeries[] = [
  // Restarts just after midnight, between two scrapes.
  {
    name,
    labels: { ...shop, instance: "restarted" },
    valueAt: (t) => (t <= day(2) ? counted(t) : (t - day(2)) / 250),
  },
  // One pod takes the place of another within a slot.
  { name, labels: { ...shop, instance: "old" }, valueAt: (t) => (t < day(4) + 3_000_000 ? counted(t) : NaN) },
  {
    name,
    labels: { ...shop, instance: "new" },
    valueAt: (t) => (t < day(4) + 3_060_000 ? NaN : counted(t) / 2),
  },
  // Its first error comes in the morning of the seventh day.
  {
    name,
    labels: { ...shop, instance: "restarted", status: "500" },
    valueAt: (t) => (t < day(6) + 18_000_000 ? NaN : 3 + (t - day(6) - 18_000_000) / 60_000),
  },
  // An hour without scrapes, which is no end.
  {
    name,
    labels: { ...shop, instance: "gappy" },
    valueAt: (t) => (t > day(5) + 7_200_000 && t < day(5) + 9_000_000 ? NaN : counted(t)),
  },
];

let prometheus: RealServer;
let fused: Fused;
beforeAll(async () => {
  prometheus = await startPrometheus({ flags: [TAKES_REMOTE_WRITE] });
  await writeSeries(prometheus.url, SERIES, { fromMs: START_MS, toMs: END_MS, stepMs: 30_000 });
  vi.stubEnv("PROMETHEUS_URL", prometheus.url);
  const subject = {
    service: "shop",
    owner: null,
    tier: null,
    runbookUrl: null,
    names: METRIC_PRESETS.prometheus,
  };
  const [availability] = templateDefinitions("api", subject);
  fused = fuse([{ id: "m", measure: measureOf(availability!)! }])[0]!;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await prometheus.stop();
});

const context = () => ({ actor: SYSTEM_ACTOR, signal: AbortSignal.timeout(30_000) });
const ask = async (range: SlotRange) =>
  [...((await askSlots(context(), fused, range, END_MS)).slots.get("m")?.get("{}") ?? [])].map(
    ([slot, { bad, total }]) => ({ slot, bad: bad.toFixed(6), total: total.toFixed(6) }),
  );
const WHOLE: SlotRange = { from: slotAt(START_MS) + 12, to: slotAt(END_MS) };

test("days on which something began, ended or was reset are told from the others", async () => {
  const pieces = await inPieces(context(), fused, WHOLE);
  const quiet = pieces.filter((piece) => piece.quiet).flatMap(({ from, to }) => [from, to]);
  const at = (number: number) => slotAt(day(number));
  expect(quiet).toEqual([at(0), at(2), at(3), at(4), at(5), at(6)]);
});

test("their slots are those that are counted one by one", async () => {
  const oneByOne = [];
  for (let from = WHOLE.from; from < WHOLE.to; from += SLOTS_PER_DAY) {
    oneByOne.push(...(await ask({ from, to: Math.min(WHOLE.to, from + SLOTS_PER_DAY) })));
  }
  const inOne = await ask(WHOLE);
  expect(inOne.length).toBeGreaterThan(6 * SLOTS_PER_DAY);
  expect(inOne).toEqual(oneByOne);
});
