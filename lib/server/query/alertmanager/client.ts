import "server-only";
import { z } from "zod";
import type { ErrorCode } from "#lib/contracts/problem.ts";
import type { LabelMatcher } from "#lib/domain/access/matchers.ts";
import { writeMatchers } from "#lib/domain/alerts/label-filter.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import { ask, foreignAnswer, jsonOf, type UpstreamAnswer, type UpstreamRequest } from "../http.ts";
import type { QueryLimits } from "../limits.ts";
import type { Told } from "../told.ts";
import type { SourceAlert } from "../types.ts";
import { UpstreamError } from "../upstream-error.ts";

const labels = z.record(z.string(), z.string());

/** `endsAt` is left out: here it is always a time in the future, never the alert's end. */
const GettableAlerts = z.array(
  z.object({
    fingerprint: z.string(),
    labels,
    annotations: labels,
    startsAt: z.iso.datetime({ offset: true }),
    status: z.object({
      state: z.enum(["active", "suppressed", "unprocessed"]),
      silencedBy: z.array(z.string()).default([]),
      inhibitedBy: z.array(z.string()).default([]),
    }),
  }),
);

const AlertmanagerStatus = z.object({ versionInfo: z.object({ version: z.string() }) });
/** In spite of its name the time it started. */
const AlertmanagerStart = z.object({ uptime: z.iso.datetime({ offset: true }) });

/** One call to an Alertmanager. */
export interface AlertmanagerCall {
  source: SourceSettings;
  signal: AbortSignal;
  limits: QueryLimits;
}

/** All alerts that Alertmanager holds, silenced and inhibited ones as `suppressed`. */
export async function getAlerts(call: AlertmanagerCall): Promise<Told<SourceAlert[]>> {
  const alerts = await read(call, { path: "/api/v2/alerts" }, GettableAlerts);
  return { data: alerts.map(toAlert), warnings: [], partial: false };
}

/** The alerts that satisfy matchers, by Alertmanager's own reading of them. */
export async function getMatchingAlerts(
  call: AlertmanagerCall,
  matchers: readonly LabelMatcher[],
): Promise<SourceAlert[]> {
  const filters = matchers.map((one) => ["filter", writeMatchers([one])]);
  const wanted = {
    path: "/api/v2/alerts",
    params: new URLSearchParams(filters),
    getOnly: true,
    refusable: true,
  } as const;
  return (await read(call, wanted, GettableAlerts)).map(toAlert);
}

function toAlert({ startsAt, status, ...alert }: z.infer<typeof GettableAlerts>[number]): SourceAlert {
  const { state, silencedBy, inhibitedBy } = status;
  const startedAt = new Date(startsAt).toISOString();
  if (state !== "suppressed") return { ...alert, state: "firing", startedAt };
  const suppressedBy = { silences: silencedBy, inhibitors: inhibitedBy };
  return { ...alert, state: "suppressed", startedAt, suppressedBy };
}

/** The version of an Alertmanager, the cheapest question that only it answers. */
export async function getVersion(call: AlertmanagerCall): Promise<string> {
  return (await read(call, { path: "/api/v2/status" }, AlertmanagerStatus)).versionInfo.version;
}

/** When an Alertmanager started, in ms: until senders have told it again, it knows of nothing that fired before. */
export async function getStartedAtMs(call: AlertmanagerCall): Promise<number> {
  return Date.parse((await read(call, { path: "/api/v2/status" }, AlertmanagerStart)).uptime);
}

interface Wanted extends Omit<UpstreamRequest, "timeoutMs" | "maxBodyBytes" | "signal"> {
  /** The request may be at fault itself: it names something, or carries what somebody wrote. */
  refusable?: true;
}

const REFUSALS: Readonly<Record<number, ErrorCode>> = { 400: "invalid", 404: "not_found", 422: "invalid" };

/** Error bodies of Alertmanager are strings or objects: their text is carried as it is. */
export function read<T extends z.ZodType>(
  call: AlertmanagerCall,
  wanted: Wanted,
  schema: T,
): Promise<z.infer<T>> {
  const { source, signal, limits } = call;
  const { timeoutMs, maxBodyBytes } = limits;
  return ask(source, { ...wanted, timeoutMs, maxBodyBytes, signal }, (answer) => {
    const code = REFUSALS[answer.status];
    if (code && wanted.refusable) throw refused(code, answer);
    if (answer.status !== 200) throw foreignAnswer(source, answer);
    const parsed = schema.safeParse(jsonOf(answer));
    if (!parsed.success) throw foreignAnswer(source, answer);
    return parsed.data;
  });
}

/** What is wrong with the request, in Alertmanager's words. */
function refused(code: ErrorCode, answer: UpstreamAnswer): UpstreamError {
  const body = z
    .union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)])
    .safeParse(jsonOf(answer));
  const words = body.success ? body.data : answer.text;
  return new UpstreamError("refused", code, `Alertmanager: ${words.replace(/\s+/g, " ").slice(0, 300)}`);
}
