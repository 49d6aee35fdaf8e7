import { newestRun } from "#demo/sim/backup-runs.ts";
import type { Moment } from "#demo/sim/moment.ts";
import type { InstanceState, RouteState } from "#demo/sim/service-state.ts";
import {
  happenings,
  hexId,
  jsonLine,
  logfmtLine,
  pick,
  type Interval,
  type Level,
  type LogLine,
  type Random,
} from "./log-line.ts";
import { MESSAGES, type Messages } from "./messages.ts";

/** Requests that leave a line: of the good ones few, of the failed ones most. */
const ACCESS_SHARE = 0.03;
/** A route with less traffic than this, per second, logs every request. */
const QUIET_PER_SECOND = 0.5;
const REFUSED_SHARE = 0.05;
const MAX_ERRORS_PER_SECOND = 2;
const HOUSEKEEPING_PER_SECOND = 1 / 90;
const STORM_PER_SECOND = 250;
const SLOW_SECONDS = 1;
/** How long a caller waits before it gives up with 504. */
const TIMEOUT_MS = 10_000;
/** Spread of durations around their median, on a logarithmic scale. */
const SPREAD = 0.6;

interface Written {
  level: Level;
  message: string;
  fields?: Record<string, string | number>;
}

/** The lines of every pod of every service; `density` thins those of ordinary traffic. */
export function serviceLines(moment: Moment, interval: Interval, density: number, random: Random): LogLine[] {
  return moment.instances
    .filter(({ up }) => up)
    .flatMap((state) => podLines(state, moment, interval, density, random));
}

function podLines(
  state: InstanceState,
  moment: Moment,
  interval: Interval,
  density: number,
  random: Random,
): LogLine[] {
  const { name } = state.instance.service;
  const messages = MESSAGES[name];
  if (!messages) return [];
  const write = (atMs: number, written: Written) => lineOf(state, messages, atMs, written, random);
  const every = (perSecond: number, make: (atMs: number) => Written) =>
    happenings(perSecond, interval, random).map((atMs) => write(atMs, make(atMs)));
  const storms = moment.faults.some((fault) => fault.scenario === "log-storm" && fault.target === name);
  return [
    ...state.routes.flatMap((route) => [
      ...every(accessPerSecond(route) * density, () => access(route, messages, random)),
      ...every(errorsPerSecond(route), () => failure(route, messages, random)),
      ...every(refusedPerSecond(route) * REFUSED_SHARE * density, () => refusal(route, random)),
    ]),
    ...every(HOUSEKEEPING_PER_SECOND * density, () => {
      return { level: "info", message: pick(messages.housekeeping, random) };
    }),
    ...every(storms ? STORM_PER_SECOND : 0, () => storm(messages, random)),
    ...started(state, interval).map((atMs) => {
      return write(atMs, { level: "info", message: "started", fields: { version: state.version } });
    }),
    ...(name === "backup" ? backupRun(moment, interval, write) : []),
  ];
}

function accessPerSecond({ requestsPerSecond }: RouteState): number {
  return requestsPerSecond < QUIET_PER_SECOND ? requestsPerSecond : requestsPerSecond * ACCESS_SHARE;
}

function errorsPerSecond({ requestsPerSecond, serverErrorRatio }: RouteState): number {
  return Math.min(requestsPerSecond * serverErrorRatio, MAX_ERRORS_PER_SECOND);
}

function refusedPerSecond({ requestsPerSecond, clientErrorRatio, spec }: RouteState): number {
  const business = (spec.business ?? []).reduce((sum, { ratio }) => sum + ratio, 0);
  return requestsPerSecond * (clientErrorRatio + business);
}

function durationMs({ medianSeconds }: RouteState, random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.round(medianSeconds * Math.exp(SPREAD * normal) * 1e6) / 1000;
}

function requestFields(route: RouteState, status: number | string, random: Random) {
  const { method, route: path } = route.spec;
  return { method, path, status: Number(status), duration_ms: durationMs(route, random) };
}

function access(route: RouteState, messages: Messages, random: Random): Written {
  const fields = requestFields(route, 200, random);
  const slow = fields.duration_ms > SLOW_SECONDS * 1000;
  return { level: slow ? "warn" : "info", message: slow ? "slow request" : messages.done, fields };
}

function failure(route: RouteState, messages: Messages, random: Random): Written {
  const luck = random();
  const refused = luck < route.timeoutShare + route.unavailableShare ? 503 : 500;
  const status = luck < route.timeoutShare ? 504 : refused;
  const fields = requestFields(route, status, random);
  const waited = status === 504 ? { duration_ms: TIMEOUT_MS } : {};
  return { level: "error", message: pick(messages.failed[status], random), fields: { ...fields, ...waited } };
}

function refusal(route: RouteState, random: Random): Written {
  const business = (route.spec.business ?? []).find(({ ratio }) => random() < ratio / 0.03);
  const { errorType, status } = business ?? { errorType: "bad_request", status: "400" };
  const fields = { ...requestFields(route, status, random), error_type: errorType };
  return { level: "warn", message: "request refused", fields };
}

function storm(messages: Messages, random: Random): Written {
  const attempt = 1 + Math.floor(random() * 9);
  return { level: random() < 0.8 ? "warn" : "debug", message: messages.storm, fields: { attempt } };
}

function started({ startedMs }: InstanceState, { fromMs, toMs }: Interval): number[] {
  return startedMs >= fromMs && startedMs < toMs ? [startedMs] : [];
}

function backupRun(
  { world }: Moment,
  { fromMs, toMs }: Interval,
  write: (atMs: number, written: Written) => LogLine,
): LogLine[] {
  const { finishedMs, seconds, ok, recordsProcessed } = newestRun(world, toMs - 1);
  if (finishedMs < fromMs) return [];
  const fields = { duration_s: Math.round(seconds), records: recordsProcessed };
  const message = ok ? "backup finished" : "backup failed: no space left on device";
  return [write(finishedMs, { level: ok ? "info" : "error", message, fields })];
}

function lineOf(
  { instance }: InstanceState,
  { format }: Messages,
  timestampMs: number,
  { level, message, fields = {} }: Written,
  random: Random,
): LogLine {
  const traced: Record<string, string> = "path" in fields ? { trace_id: hexId(32, random) } : {};
  const body = { ts: new Date(timestampMs).toISOString(), level, msg: message, ...fields, ...traced };
  const { service, node, pod } = instance;
  return {
    labels: { service: service.name, namespace: service.namespace, node, pod, level },
    timestampMs,
    line: format === "json" ? jsonLine(body) : logfmtLine(body),
    metadata: traced,
  };
}
