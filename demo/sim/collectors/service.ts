import { RECORDS_PER_RUN, type BackupRun } from "../backup-runs.ts";
import { BATCH_METRICS } from "#lib/domain/signals/batch-metrics.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { BUCKET_SECONDS } from "../latency.ts";
import type { Moment } from "../moment.ts";
import { INSTANCES } from "../pods.ts";
import { Exposition } from "../series.ts";
import type { InstanceState, RouteState } from "../service-state.ts";
import type { ServiceSpec } from "../services.ts";
import { TICK_MS, type World } from "../world.ts";

const NAMES = METRIC_PRESETS.prometheus;

type OfRoute = (read: (route: RouteState) => number) => (moment: Moment) => number;

function requests(out: Exposition, service: ServiceSpec, ofRoute: (route: number) => OfRoute): void {
  const total = out.counter(NAMES.requests, "Requests answered, by route and status.");
  service.routes.forEach(({ method, route, business = [] }, index) => {
    const of = ofRoute(index);
    const answered = (status: string, ratio: (state: RouteState) => number, labels = {}) =>
      total(
        { method, route, status, ...labels },
        of((state) => state.requestsPerSecond * ratio(state)),
      );
    const businessRatio = business.reduce((sum, { ratio }) => sum + ratio, 0);
    answered(
      method === "PUT" ? "201" : "200",
      (state) =>
        1 - state.serverErrorRatio - state.clientErrorRatio - businessRatio * (1 - state.serverErrorRatio),
    );
    for (const { errorType, status, ratio } of business) {
      answered(status, (state) => ratio * (1 - state.serverErrorRatio), { error_type: errorType });
    }
    answered(method === "GET" ? "404" : "400", (state) => state.clientErrorRatio);
    answered("500", (state) => state.serverErrorRatio * (1 - state.timeoutShare - state.unavailableShare));
    answered("503", (state) => state.serverErrorRatio * state.unavailableShare);
    answered("504", (state) => state.serverErrorRatio * state.timeoutShare);
  });
}

function durations(out: Exposition, service: ServiceSpec, ofRoute: (route: number) => OfRoute): void {
  const histogram = out.histogram(NAMES.duration, "Time to answer a request.", BUCKET_SECONDS);
  service.routes.forEach(({ method, route }, index) => {
    const of = ofRoute(index);
    const within = BUCKET_SECONDS.map((_, bound) => of((state) => state.withinPerSecond[bound]!));
    histogram(
      { method, route },
      {
        within: (moment, bound) => within[bound]!(moment),
        count: of((state) => state.requestsPerSecond),
        sum: of((state) => state.requestsPerSecond * state.meanSeconds),
      },
    );
  });
}

const BATCH_BOUNDS = [120, 240, 360, 480, 600] as const;

function batch(out: Exposition): void {
  // A run counts in the tick that it finishes in: one run a tick, as a rate.
  const finished = (read: (run: BackupRun) => number) => (moment: Moment) =>
    moment.tMs - moment.backup.newest.finishedMs < TICK_MS
      ? (read(moment.backup.newest) * 1000) / TICK_MS
      : 0;
  out.counter(BATCH_METRICS.runs, "Runs finished.")(
    {},
    finished(() => 1),
  );
  out.counter(BATCH_METRICS.failures, "Runs that failed.")(
    {},
    finished(({ ok }) => (ok ? 0 : 1)),
  );
  out.histogram(
    BATCH_METRICS.duration,
    "Time a run took.",
    BATCH_BOUNDS,
  )(
    {},
    {
      within: (moment, bound) => finished(({ seconds }) => (seconds <= BATCH_BOUNDS[bound]! ? 1 : 0))(moment),
      count: finished(() => 1),
      sum: finished(({ seconds }) => seconds),
    },
  );
  out.gauge(BATCH_METRICS.lastSuccess, "When the newest good run finished, in unixtime.")({}, ({ backup }) =>
    Math.round(backup.lastSuccessMs / 1000),
  );
  out.counter(BATCH_METRICS.recordsExpected, "Records that runs should have copied.")(
    {},
    finished(() => RECORDS_PER_RUN),
  );
  out.counter(BATCH_METRICS.recordsProcessed, "Records that runs copied.")(
    {},
    finished((run) => run.recordsProcessed),
  );
}

function processMetrics(
  out: Exposition,
  of: (read: (state: InstanceState) => number) => (moment: Moment) => number,
): void {
  out.secondsCounter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.")(
    {},
    of((state) => state.cpuCores),
  );
  out.gauge("process_resident_memory_bytes", "Resident memory size in bytes.")(
    {},
    of((state) => Math.round(state.memoryBytes)),
  );
  out.gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.")(
    {},
    of((state) => Math.round(state.startedMs / 1000)),
  );
}

function buildInfo(
  out: Exposition,
  service: ServiceSpec,
  world: World,
  version: (moment: Moment) => string,
): void {
  const { tier, team, kind } = service;
  const released = world.deploys
    .filter((deploy) => deploy.service === service.name)
    .map((deploy) => deploy.version);
  const info = out.gauge("build_info", "The running version and who answers for it.");
  for (const known of new Set([service.version, ...released])) {
    const labels = { version: known, tier, team, kind, dependencies: service.dependencies.join(",") };
    info(labels, (moment) => (version(moment) === known ? 1 : NaN));
  }
}

/** What one pod of a service answers; service, node, namespace and pod are labels of the target. */
export function serviceMetrics(index: number, world: World): Exposition {
  const { service } = INSTANCES[index]!;
  const out = new Exposition();
  const of = (read: (state: InstanceState) => number) => (moment: Moment) => read(moment.instances[index]!);
  const ofRoute =
    (route: number): OfRoute =>
    (read) =>
      of((state) => read(state.routes[route]!));
  buildInfo(out, service, world, (moment) => moment.instances[index]!.version);
  processMetrics(out, of);
  if (service.kind === "batch") {
    batch(out);
  } else {
    requests(out, service, ofRoute);
    durations(out, service, ofRoute);
    out.gauge("http_requests_in_flight", "Requests being answered now.")(
      {},
      of((state) => state.inFlight),
    );
  }
  return out;
}
