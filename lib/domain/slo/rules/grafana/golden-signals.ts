import { writeDecimal } from "../../decimal.ts";
import type { SloDefinition } from "../../definition/definition.ts";
import type { LatencySli } from "../../definition/sli.ts";
import { measureOf } from "../../queries/measure.ts";
import { type Keyed, sidesOf } from "../../queries/sides.ts";
import { writeSelector } from "../../queries/write-side.ts";
import type { Draft } from "./dashboard.ts";

const QUANTILES = [0.5, 0.95, 0.99] as const;
const PLACE = { type: "timeseries", width: 8, height: 8 } as const;

function perSecond(of: Keyed): string {
  return `sum(rate(${writeSelector(of)}[5m]))`;
}

function trafficAndErrors(definition: SloDefinition): Draft[] {
  const measure = measureOf(definition);
  if (measure === null) return [];
  const sides = sidesOf(measure);
  const counted = (role: "total" | "numerator") =>
    sides.flatMap((side) => (side.count === "counter" && side.role === role ? [perSecond(side.of)] : []))[0];
  const total = counted("total");
  const failed =
    measure.sli.kind === "availability" || measure.sli.kind === "error_rate"
      ? counted("numerator")
      : undefined;
  if (total === undefined || failed === undefined) return [];
  return [
    {
      ...PLACE,
      title: "Traffic",
      description: "Requests per second, as the SLO counts them.",
      unit: "reqps",
      queries: [{ expr: total, legend: "requests" }],
      min: 0,
    },
    {
      ...PLACE,
      title: "Errors",
      description:
        "Failed requests over all requests of five minutes; none failed where there is no series of failures.",
      unit: "percentunit",
      queries: [{ expr: `(${failed} or 0 * ${total}) / (${total} > 0)`, legend: "errors" }],
      min: 0,
    },
  ];
}

function latency(definition: SloDefinition, sli: LatencySli): Draft[] {
  const measure = measureOf(definition);
  const all = measure === null ? undefined : sidesOf(measure).find(({ role }) => role === "total");
  if (!all || all.count === "expression") return [];
  const { metric } = sli.durations;
  const rate =
    sli.histogram === "native"
      ? perSecond(all.of)
      : `sum by (le) (rate(${writeSelector({ ...all.of, metric: `${metric}_bucket` })}[5m]))`;
  const scale = sli.durationToSeconds === 1 ? "" : ` * ${writeDecimal(sli.durationToSeconds)}`;
  return [
    {
      ...PLACE,
      title: "Latency",
      description:
        "Percentiles of five minutes, to look at: the objective counts the requests within its threshold.",
      unit: "s",
      queries: QUANTILES.map((quantile) => ({
        expr: `histogram_quantile(${quantile}, ${rate})${scale}`,
        legend: `p${quantile * 100}`,
      })),
      min: 0,
      steps: [
        { color: "green", value: null },
        { color: "red", value: sli.thresholdSeconds },
      ],
    },
  ];
}

/**
 * Traffic, errors and latency of the subject, each from the first of its SLOs that measures it. Saturation is not in an
 * SLI's metrics; Burnline's own pages have it.
 */
export function goldenSignals(definitions: readonly SloDefinition[]): Draft[] {
  const first = (draw: (definition: SloDefinition) => Draft[]) =>
    definitions.map(draw).find((drafts) => drafts.length > 0) ?? [];
  const slow = first((one) => (one.sli.kind === "latency" ? latency(one, one.sli) : []));
  return [...slow, ...first(trafficAndErrors)];
}
