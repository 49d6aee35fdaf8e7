import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SeriesData, Unit } from "#lib/contracts/series.ts";
import type { PanelContext } from "#lib/server/query/panel-loader.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { Labels, RangeData } from "#lib/server/query/types.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";

type Threshold = SeriesData["thresholds"][number];

/** One PromQL expression over the page's range. */
export function rangeOf(context: PanelContext, expr: string): Promise<Measured<RangeData>> {
  const { range, stepSeconds } = context;
  return queryPlane().range(context, { expr, ...range, stepSeconds });
}

/** A range answer as a chart; series are named by their labels and sorted by name. */
export function toChart(
  data: RangeData,
  look: { unit: Unit; nameOf: (labels: Labels) => string; thresholds?: Threshold[] },
): SeriesData {
  const { startSeconds, stepSeconds } = data;
  const series = data.series.map(({ labels, values }) => ({ name: look.nameOf(labels), labels, values }));
  series.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  return { startSeconds, stepSeconds, unit: look.unit, series, thresholds: look.thresholds ?? [] };
}

/** A chart of one expression over the page's range. */
export async function chartOf(
  context: PanelContext,
  expr: string,
  look: Parameters<typeof toChart>[1],
): Promise<Measured<SeriesData>> {
  return mapMeasured(await rangeOf(context, expr), (data) => toChart(data, look));
}

/** Lines where a figure turns WARNING and CRITICAL; `of` names it where the chart shows others too. */
export function thresholdLines(warning: number, critical: number, of = ""): Threshold[] {
  return [
    { label: `${of} warning`.trim(), value: warning, level: "WARNING" },
    { label: `${of} critical`.trim(), value: critical, level: "CRITICAL" },
  ];
}
