import "server-only";
import type { PodRow } from "#lib/contracts/panels.ts";
import { type Pod, podsByService } from "#lib/domain/nodes/pods.ts";
import { readDeploys, runningVersions } from "#lib/domain/signals/build-info.ts";
import { rateWindowSeconds, routeP95, routeRates } from "#lib/domain/signals/request-queries.ts";
import { readRoutes } from "#lib/domain/signals/routes.ts";
import type { PanelContext, PanelLoader } from "#lib/server/query/panel-loader.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { gather, mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measurePods } from "#lib/server/services/cluster/measure-pods.ts";
import { measureServices } from "#lib/server/services/services/measure-services.ts";
import { rangeOf } from "./chart.ts";
import { knownService, unknownParam } from "./known-service.ts";
import { groupOf } from "./service-signals.ts";

const DAY_SECONDS = 86_400;

export const serviceHealth: PanelLoader<"service.health"> = async (context, { service }) => {
  const entry = await knownService(context.actor, service);
  const input = { catalogue: [entry], scope: "listed", nowMs: context.nowMs } as const;
  return mapMeasured(await measureServices(context, input), ([health]) => {
    if (!health) throw unknownParam("service", service);
    return health;
  });
};

/** A window that ends with the page's range and is a day long at most: rates over weeks cost much and say little. */
function windowOf({ range, nowMs }: PanelContext): { windowSeconds: number; atMs?: number } {
  const spanSeconds = Math.min((range.toMs - range.fromMs) / 1000, DAY_SECONDS);
  const windowSeconds = rateWindowSeconds(spanSeconds);
  return range.toMs >= nowMs ? { windowSeconds } : { windowSeconds, atMs: range.toMs };
}

/** Requests, errors and p95 of every route over the page's range. */
export const serviceRoutes: PanelLoader<"service.routes"> = async (context, { service }) => {
  const group = groupOf(await knownService(context.actor, service));
  const { windowSeconds, ...at } = windowOf(context);
  const ask = (expr: string) => queryPlane().instant(context, { expr, ...at });
  const parts = await gather({
    rates: { what: "requests by route", read: ask(routeRates(group, windowSeconds)) },
    p95: { what: "latency by route", read: ask(routeP95(group, windowSeconds)) },
  });
  return mapMeasured(parts, ({ rates, p95 }) => readRoutes(rates ?? [], p95 ?? [], group.names));
};

/** Versions that appeared within the page's range, newest first. */
export const serviceDeploys: PanelLoader<"service.deploys"> = async (context, { service }) => {
  const { name } = await knownService(context.actor, service);
  return mapMeasured(await rangeOf(context, runningVersions(name)), (data) =>
    readDeploys(data).map(({ atMs, version, previous }) => ({
      at: new Date(atMs).toISOString(),
      version,
      previous,
    })),
  );
};

/** A pod as the wire has it. */
export function toPodRow(pod: Pod): PodRow {
  const { namespace, node, phase, ready, restartsLastDay, cpuCores, cpuLimitRatio } = pod;
  const { memoryBytes, memoryLimitRatio } = pod;
  const usage = { cpuCores, cpuLimitRatio, memoryBytes, memoryLimitRatio };
  return { pod: pod.pod, namespace, node, phase, ready, restartsLastDay, ...usage };
}

export const servicePods: PanelLoader<"service.pods"> = async (context, { service }) => {
  await knownService(context.actor, service);
  const catalogue = await listCatalogue(context.actor);
  return mapMeasured(await measurePods(context), (pods) =>
    (podsByService(pods, catalogue).get(service) ?? []).map(toPodRow),
  );
};

/** `upstream`: the services this one calls. `downstream`: those that call it and suffer with it. */
export const serviceDependencies: PanelLoader<"service.dependencies"> = async (context, { service }) => {
  const entry = await knownService(context.actor, service);
  const catalogue = await listCatalogue(context.actor);
  const callers = catalogue.filter(({ dependencies }) => dependencies.includes(service));
  const called = catalogue.filter(({ name }) => entry.dependencies.includes(name));
  const near = [...new Set([...called, ...callers])];
  const measured = await measureServices(context, { catalogue: near, scope: "all", nowMs: context.nowMs });
  return mapMeasured(measured, (services) => {
    const link = (name: string) => {
      const status = services.find((one) => one.name === name)?.status ?? ("no_data" as const);
      return { name, status };
    };
    return {
      upstream: entry.dependencies.map(link),
      downstream: callers.map(({ name }) => link(name)),
    };
  });
};
