import "server-only";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { onsetOver } from "#lib/domain/findings/onset.ts";
import type { Trouble, TroubleFacts } from "#lib/domain/findings/service-findings.ts";
import { readDeploys, runningVersions } from "#lib/domain/signals/build-info.ts";
import { classifyErrors } from "#lib/domain/signals/error-classes.ts";
import { limitsOf } from "#lib/domain/signals/limits.ts";
import {
  failingRoutes,
  latencyQuantiles,
  QUANTILE_LABEL,
  QUANTILES,
  rateWindowSeconds,
  requestRates,
} from "#lib/domain/signals/request-queries.ts";
import { namesOf, type ServiceGroup, serviceGroups } from "#lib/domain/signals/service-groups.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { InstantSample, QueryContext, RangeData } from "#lib/server/query/types.ts";
import { gather, mapMeasured, type Part } from "./gather.ts";

const LOOK_BACK_MS = 6 * 3_600_000;
const STEP_SECONDS = 120;

const isOver = (level: string): boolean => level === "WARNING" || level === "CRITICAL";

/** Since when services in trouble are in it, which route fails most, and what was deployed in the last six hours. */
export async function measureTroubles(
  context: QueryContext,
  input: { catalogue: readonly CatalogueService[]; services: readonly ServiceHealth[]; nowMs: number },
): Promise<Measured<TroubleFacts>> {
  const { catalogue, services, nowMs } = input;
  const troubled = new Set(
    services
      .filter(({ signals }) => isOver(signals.errors.level) || isOver(signals.latency.level))
      .map(({ name }) => name),
  );
  const entries = catalogue.filter(({ name }) => troubled.has(name));
  const groups: Record<string, Part<Map<string, Trouble>>> = {};
  serviceGroups(entries, "listed").forEach((group, index) => {
    const read = measureGroup(context, { group, entries, nowMs });
    groups[index] = { what: `the beginning of trouble in ${group.services.join(", ")}`, read, slow: true };
  });
  const parts = await gather({
    deploys: { what: "deploys", read: rangeOf(context, runningVersions(null), nowMs), slow: true },
    troubles: { what: "the beginning of trouble", read: gather(groups), slow: true },
  });
  return mapMeasured(parts, ({ deploys, troubles }) => ({
    nowMs,
    deploys: deploys ? readDeploys(deploys) : [],
    troubles: new Map(Object.values(troubles ?? {}).flatMap((group) => [...(group ?? [])])),
  }));
}

function rangeOf(context: QueryContext, expr: string, nowMs: number): Promise<Measured<RangeData>> {
  const range = { fromMs: nowMs - LOOK_BACK_MS, toMs: nowMs, stepSeconds: STEP_SECONDS };
  return queryPlane().range(context, { expr, ...range });
}

interface GroupInput {
  group: ServiceGroup;
  entries: readonly CatalogueService[];
  nowMs: number;
}

async function measureGroup(
  context: QueryContext,
  { group, entries, nowMs }: GroupInput,
): Promise<Measured<Map<string, Trouble>>> {
  const windowSeconds = rateWindowSeconds(STEP_SECONDS);
  const parts = await gather({
    rates: { what: "past errors", read: rangeOf(context, requestRates(group, windowSeconds), nowMs) },
    latency: { what: "past latency", read: rangeOf(context, latencyQuantiles(group, windowSeconds), nowMs) },
    routes: {
      what: "failing routes",
      read: queryPlane().instant(context, { expr: failingRoutes(group, windowSeconds) }),
    },
  });
  return mapMeasured(parts, (past) => {
    const own = entries.filter(({ name }) => group.services.includes(name));
    return new Map(own.map((entry) => [entry.name, troubleOf(entry, past)]));
  });
}

function troubleOf(
  entry: CatalogueService,
  past: { rates: RangeData | null; latency: RangeData | null; routes: InstantSample[] | null },
): Trouble {
  const names = namesOf(entry);
  const limits = limitsOf(entry.tier, entry.thresholds);
  const isOwn = ({ labels }: { labels: Record<string, string> }) => labels[names.serviceLabel] === entry.name;
  const errors = classifyErrors(past.rates?.series.filter(isOwn) ?? [], [], names.statusLabel).serverErrors;
  const p99 = past.latency?.series.find(
    (line) => isOwn(line) && line.labels[QUANTILE_LABEL] === QUANTILES.p99,
  );
  const route = past.routes?.find(isOwn)?.labels;
  return {
    errorsSince: past.rates && onsetOver({ ...past.rates, values: errors }, limits.errorWarningRatio),
    latencySince:
      past.latency && p99 ? onsetOver({ ...past.latency, ...p99 }, limits.latencyP99Seconds) : null,
    failingRoute: route ? `${route[names.methodLabel] ?? ""} ${route[names.routeLabel] ?? ""}`.trim() : null,
  };
}
