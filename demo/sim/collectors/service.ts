import { RECORDS_PER_RUN, type BackupRun } from "../backup-runs.ts";
import { BATCH_METRICS } from "#lib/domain/signals/batch-metrics.ts";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { BUCKET_SECONDS } from "../latency.ts";
import type { Moment } from "../moment.ts";
import { INSTANCES } from "../pods.ts";
import { Exposition, type Labels, type Tally } from "../series.ts";
import type { InstanceState, RouteState } from "../service-state.ts";
import type { RouteSpec, ServiceSpec } from "../services.ts";
import { TICK_MS, type World } from "../world.ts";

const NAMES = METRIC_PRESETS.prometheus;

interface Answer {
  labels: Labels;
  ratio(state: RouteState): number;
}

/** Statuses a route answers with, each with its ratio of the requests; together they are all requests. */
function answers({ method, business = [] }: RouteSpec): Answer[] {
  const businessRatio = business.reduce((sum, { ratio }) => sum + ratio, 0);
  return [
    {
      labels: { status: method === "PUT" ? "201" : "200" },
      ratio: ({ serverErrorRatio, clientErrorRatio }) =>
        1 - serverErrorRatio - clientErrorRatio - businessRatio * (1 - serverErrorRatio),
    },
    ...business.map(({ errorType, status, ratio }) => ({
      labels: { status, error_type: errorType },
      ratio: (state: RouteState) => ratio * (1 - state.serverErrorRatio),
    })),
    { labels: { status: method === "GET" ? "404" : "400" }, ratio: (state) => state.clientErrorRatio },
    {
      labels: { status: "500" },
      ratio: (state) => state.serverErrorRatio * (1 - state.timeoutShare - state.unavailableShare),
    },
    { labels: { status: "503" }, ratio: (state) => state.serverErrorRatio * state.unavailableShare },
    { labels: { status: "504" }, ratio: (state) => state.serverErrorRatio * state.timeoutShare },
  ];
}

const BUCKETS = BUCKET_SECONDS.length + 1;

/** Requests of a route by status and, within each, by bucket of duration. */
function routeTally(given: readonly Answer[], stateOf: (moment: Moment) => RouteState): Tally {
  const classes = new Float64Array(given.length * BUCKETS);
  return {
    classes: classes.length,
    perSecond: (moment) => {
      const state = stateOf(moment);
      const shares = given.map(({ ratio }) => ratio(state));
      let within = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        const upTo = state.withinPerSecond[bucket] ?? state.requestsPerSecond;
        for (let one = 0; one < shares.length; one++) {
          classes[one * BUCKETS + bucket] = shares[one]! * (upTo - within);
        }
        within = upTo;
      }
      return classes;
    },
  };
}

function requests(
  out: Exposition,
  service: ServiceSpec,
  stateOf: (route: number) => (moment: Moment) => RouteState,
): void {
  const total = out.talliedCounter(NAMES.requests, "Requests answered, by route and status.");
  const histogram = out.histogram(NAMES.duration, "Time to answer a request.", BUCKET_SECONDS);
  service.routes.forEach((spec, index) => {
    const { method, route } = spec;
    const state = stateOf(index);
    const given = answers(spec);
    const tally = routeTally(given, state);
    given.forEach(({ labels }, answer) => {
      const classes = Array.from({ length: BUCKETS }, (_, bucket) => answer * BUCKETS + bucket);
      total({ method, route, ...labels }, tally, classes);
    });
    histogram({ method, route }, tally, (moment) => {
      const { requestsPerSecond, meanSeconds } = state(moment);
      return requestsPerSecond * meanSeconds;
    });
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
  out.histogram(BATCH_METRICS.duration, "Time a run took.", BATCH_BOUNDS)(
    {},
    {
      classes: BATCH_BOUNDS.length + 1,
      perSecond: (moment) =>
        [...BATCH_BOUNDS, Infinity].map((bound, bucket) => {
          const above = BATCH_BOUNDS[bucket - 1] ?? 0;
          return finished(({ seconds }) => (seconds > above && seconds <= bound ? 1 : 0))(moment);
        }),
    },
    finished(({ seconds }) => seconds),
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
  buildInfo(out, service, world, (moment) => moment.instances[index]!.version);
  processMetrics(out, of);
  if (service.kind === "batch") {
    batch(out);
  } else {
    requests(out, service, (route) => (moment) => moment.instances[index]!.routes[route]!);
    out.gauge("http_requests_in_flight", "Requests being answered now.")(
      {},
      of((state) => state.inFlight),
    );
  }
  return out;
}
