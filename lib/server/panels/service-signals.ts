import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SeriesData } from "#lib/contracts/series.ts";
import { podUsage } from "#lib/domain/nodes/pod-queries.ts";
import { podsByService } from "#lib/domain/nodes/pods.ts";
import { classifyErrors } from "#lib/domain/signals/error-classes.ts";
import { limitsOf, SATURATION_LIMITS } from "#lib/domain/signals/limits.ts";
import {
  businessErrorRates,
  latencyQuantiles,
  QUANTILE_LABEL,
  rateWindowSeconds,
  requestRates,
  trafficBaseline,
} from "#lib/domain/signals/request-queries.ts";
import { readRequests } from "#lib/domain/signals/request-readings.ts";
import { namesOf, type ServiceGroup, serviceGroups } from "#lib/domain/signals/service-groups.ts";
import type { PanelContext, PanelLoader } from "#lib/server/query/panel-loader.ts";
import type { RangeData } from "#lib/server/query/types.ts";
import { gather, mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measurePods } from "#lib/server/services/cluster/measure-pods.ts";
import { chartOf, rangeOf, thresholdLines, toChart } from "./chart.ts";
import { knownService } from "./known-service.ts";

const MOST_POD_SERIES = 20;

/** The group of one service, which filters by its name. */
export function groupOf(service: CatalogueService): ServiceGroup {
  const [group] = serviceGroups([service], "listed");
  return group ?? { names: namesOf(service), services: [service.name], only: [service.name] };
}

/** p50, p95 and p99 with the lines where p99 turns WARNING and CRITICAL. */
export const serviceLatency: PanelLoader<"service.latency"> = async (context, { service }) => {
  const entry = await knownService(context.actor, service);
  const { latencyP99Seconds } = limitsOf(entry.tier, entry.thresholds);
  const expr = latencyQuantiles(groupOf(entry), rateWindowSeconds(context.stepSeconds));
  return chartOf(context, expr, {
    unit: "seconds",
    nameOf: (labels) => `p${Math.round(Number(labels[QUANTILE_LABEL]) * 100)}`,
    thresholds: thresholdLines(latencyP99Seconds, 2 * latencyP99Seconds),
  });
};

const constant = (value: number, points: number): number[] => Array.from({ length: points }, () => value);

/** Requests per second beside what is usual: the four-week median, or the figure a person set. */
export const serviceTraffic: PanelLoader<"service.traffic"> = async (context, { service }) => {
  const entry = await knownService(context.actor, service);
  const group = groupOf(entry);
  const set = entry.thresholds.trafficBaselinePerSecond;
  const rates = requestRates(group, rateWindowSeconds(context.stepSeconds));
  const parts = await gather({
    requests: { what: "requests", read: rangeOf(context, rates) },
    usual:
      set === undefined
        ? { what: "traffic baseline", read: rangeOf(context, trafficBaseline(group)), slow: true }
        : null,
  });
  return mapMeasured(parts, ({ requests, usual }): SeriesData => {
    const now = requests ? totals(requests, group.names.statusLabel) : [];
    const grid = requests ?? usual ?? { startSeconds: 0, stepSeconds: context.stepSeconds };
    const baseline = set === undefined ? (usual?.series[0]?.values ?? []) : constant(set, now.length);
    const series = [
      { name: "requests", labels: {}, values: now },
      { name: "usual", labels: {}, values: baseline },
    ].filter(({ values }) => values.length > 0);
    const { startSeconds, stepSeconds } = grid;
    return { startSeconds, stepSeconds, unit: "perSecond", series, thresholds: [] };
  });
};

function totals({ series }: RangeData, statusLabel: string): (number | null)[] {
  const points = Math.max(0, ...series.map(({ values }) => values.length));
  return Array.from({ length: points }, (_, index) => {
    const samples = series.map(({ labels, values }) => ({ labels, value: values[index] ?? null }));
    return readRequests(samples, statusLabel).totalPerSecond;
  });
}

/** Errors by class over all requests, with the lines where 5xx turn WARNING and CRITICAL. */
export const serviceErrors: PanelLoader<"service.errors"> = async (context, { service }) => {
  const entry = await knownService(context.actor, service);
  const group = groupOf(entry);
  const windowSeconds = rateWindowSeconds(context.stepSeconds);
  const limits = limitsOf(entry.tier, entry.thresholds);
  const parts = await gather({
    rates: { what: "errors by status", read: rangeOf(context, requestRates(group, windowSeconds)) },
    business: {
      what: "business errors",
      read: rangeOf(context, businessErrorRates(group, windowSeconds)),
      slow: true,
    },
  });
  return mapMeasured(parts, ({ rates, business }): SeriesData => {
    const { startSeconds, stepSeconds } = rates ?? { startSeconds: 0, stepSeconds: context.stepSeconds };
    const classes = classifyErrors(rates?.series ?? [], business?.series ?? [], group.names.statusLabel);
    const lines = {
      "5xx": classes.serverErrors,
      "of them timeouts (504)": classes.timeouts,
      "4xx": classes.clientErrors,
      ...(business && { "business errors": classes.businessErrors }),
    };
    const series = Object.entries(lines).map(([name, values]) => ({ name, labels: {}, values }));
    const thresholds = thresholdLines(limits.errorWarningRatio, limits.errorCriticalRatio, "5xx");
    const shown = series.filter(({ values }) => values.some((value) => value !== null));
    return { startSeconds, stepSeconds, unit: "ratio", series: shown, thresholds };
  });
};

/** CPU and memory of the service's pods against their limits, the fullest pods first to be shown. */
export const serviceSaturation: PanelLoader<"service.saturation"> = async (context, { service }) => {
  const entry = await knownService(context.actor, service);
  const pods = await measurePods(context);
  const own = (podsByService(pods.data, [entry]).get(service) ?? []).map(({ pod }) => pod);
  return own.length === 0 ? noPods(context) : podSeries(context, own);
};

async function podSeries(context: PanelContext, pods: string[]): Promise<Measured<SeriesData>> {
  const answer = await rangeOf(context, podUsage(rateWindowSeconds(context.stepSeconds), pods));
  return mapMeasured(answer, (data) => {
    const newest = ({ values }: { values: (number | null)[] }) => values.findLast((v) => v !== null) ?? -1;
    const ratios = data.series
      .filter(({ labels }) => labels.figure === "cpu" || labels.figure === "memory")
      .sort((a, b) => newest(b) - newest(a))
      .slice(0, MOST_POD_SERIES);
    return toChart(
      { ...data, series: ratios },
      {
        unit: "ratio",
        nameOf: ({ pod, figure }) => `${pod} ${figure === "cpu" ? "CPU" : "memory"}`,
        thresholds: thresholdLines(SATURATION_LIMITS.warning, SATURATION_LIMITS.critical),
      },
    );
  });
}

function noPods({ range, stepSeconds }: PanelContext): Measured<SeriesData> {
  const startSeconds = Math.floor(range.fromMs / 1000);
  const data: SeriesData = { startSeconds, stepSeconds, unit: "ratio", series: [], thresholds: [] };
  const warnings = ["no pod of this service is known"];
  return { data, asOf: null, stale: false, partial: false, warnings };
}
