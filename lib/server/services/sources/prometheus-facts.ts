import "server-only";
import { z } from "zod";
import { writeCount, writeSeconds } from "#lib/domain/words/figures.ts";
import { askFor, askForOptional, type Fact, type Questioning } from "./question.ts";

/** Below this a difference may be the way of the question itself. */
const CLOCK_TOLERANCE_S = 1;

const inEnvelope = <T extends z.ZodType>(data: T) => z.object({ status: z.literal("success"), data });
const BuildInfo = inEnvelope(z.object({ version: z.string(), application: z.string().optional() }));
/** Prometheus tells of its head block, VictoriaMetrics of its index. */
const Tsdb = inEnvelope(
  z.union([
    z.object({ headStats: z.object({ numSeries: z.number() }) }),
    z.object({ totalSeries: z.number() }),
  ]),
);
const RuntimeInfo = inEnvelope(z.object({ storageRetention: z.string() }));
const Time = inEnvelope(
  z.object({ resultType: z.literal("scalar"), result: z.tuple([z.number(), z.string()]) }),
);
const Targets = inEnvelope(z.object({ activeTargets: z.array(z.object({ health: z.string() })) }));

type TsdbData = z.infer<typeof Tsdb>["data"];

function productFact(build: z.infer<typeof BuildInfo>["data"], tsdb: TsdbData | undefined): Fact {
  const victoria = tsdb !== undefined && !("headStats" in tsdb);
  if (build.application === undefined && victoria) {
    return { label: "Product", value: `VictoriaMetrics, speaks as Prometheus ${build.version}` };
  }
  return { label: "Version", value: `${build.application ?? "Prometheus"} ${build.version}` };
}

function seriesFact(tsdb: TsdbData): Fact {
  return "headStats" in tsdb
    ? { label: "Series in the head block", value: writeCount(tsdb.headStats.numSeries) }
    : { label: "Series in the index", value: writeCount(tsdb.totalSeries) };
}

/**
 * How far a clock is from ours.
 * @param theirMs its time, read some time between our asking and hearing
 * @param heardAtMs our time when its answer had come, `latencyMs` after asking
 */
export function clockFact(theirMs: number, heardAtMs: number, latencyMs: number): Fact {
  const seconds = (theirMs - (heardAtMs - latencyMs / 2)) / 1000;
  const uncertain = Math.max(CLOCK_TOLERANCE_S, latencyMs / 2000);
  const direction = seconds > 0 ? "ahead of ours" : "behind ours";
  const value =
    Math.abs(seconds) <= uncertain
      ? `as ours, within ${writeSeconds(uncertain)}`
      : `${writeSeconds(Math.abs(seconds))} ${direction}`;
  return { label: "Clock", value };
}

function targetsFact(targets: readonly { health: string }[]): Fact {
  const up = targets.filter(({ health }) => health === "up").length;
  const down = targets.filter(({ health }) => health === "down").length;
  const unknown = targets.length - up - down;
  const counts = [`${up} up`, `${down} down`, ...(unknown === 0 ? [] : [`${unknown} not scraped yet`])];
  return { label: "Targets", value: targets.length === 0 ? "scrapes none" : counts.join(", ") };
}

async function askTime(questioning: Questioning): Promise<Fact | null> {
  const answer = await askForOptional(questioning, "/api/v1/query", Time, { query: "time()" });
  const theirMs = Number(answer?.data.data.result[1]) * 1000;
  return answer && Number.isFinite(theirMs) ? clockFact(theirMs, Date.now(), answer.latencyMs) : null;
}

/** What a Prometheus, or what speaks as one, says of itself. @throws UpstreamError when it is none, or away */
export async function prometheusFacts(
  questioning: Questioning,
): Promise<{ latencyMs: number; facts: Fact[] }> {
  const build = await askFor(questioning, "/api/v1/status/buildinfo", BuildInfo);
  const [tsdb, runtime, clock, targets] = await Promise.all([
    askForOptional(questioning, "/api/v1/status/tsdb", Tsdb, { limit: "1" }),
    askForOptional(questioning, "/api/v1/status/runtimeinfo", RuntimeInfo),
    askTime(questioning),
    askForOptional(questioning, "/api/v1/targets", Targets, { state: "active" }),
  ]);
  const retention = runtime && {
    label: "Retention",
    value: runtime.data.data.storageRetention || "not told",
  };
  const facts = [
    productFact(build.data.data, tsdb?.data.data),
    tsdb && seriesFact(tsdb.data.data),
    retention,
    clock,
    targets && targetsFact(targets.data.data.activeTargets),
  ];
  return { latencyMs: build.latencyMs, facts: facts.filter((fact) => fact !== null) };
}
