import "server-only";
import { z } from "zod";
import type { SourceSettings } from "#lib/server/env.ts";
import { ask, foreignAnswer, jsonOf } from "../http.ts";
import type { QueryLimits } from "../limits.ts";
import type { Told } from "../told.ts";
import type { SourceAlert } from "../types.ts";

const labels = z.record(z.string(), z.string());

/** `endsAt` is left out: here it is always a time in the future, never the alert's end. */
const GettableAlerts = z.array(
  z.object({
    fingerprint: z.string(),
    labels,
    annotations: labels,
    startsAt: z.iso.datetime({ offset: true }),
    status: z.object({ state: z.enum(["active", "suppressed", "unprocessed"]) }),
  }),
);

const AlertmanagerStatus = z.object({
  versionInfo: z.object({ version: z.string() }),
  /** In spite of its name the time it started. */
  uptime: z.iso.datetime({ offset: true }),
});

/** One call to an Alertmanager. */
export interface AlertmanagerCall {
  source: SourceSettings;
  signal: AbortSignal;
  limits: QueryLimits;
}

/** All alerts that Alertmanager holds, silenced and inhibited ones as `suppressed`. */
export async function getAlerts(call: AlertmanagerCall): Promise<Told<SourceAlert[]>> {
  const alerts = await read(call, "/api/v2/alerts", GettableAlerts);
  const data = alerts.map(({ startsAt, status, ...alert }) => ({
    ...alert,
    state: status.state === "suppressed" ? ("suppressed" as const) : ("firing" as const),
    startedAt: new Date(startsAt).toISOString(),
  }));
  return { data, warnings: [], partial: false };
}

/** The version of an Alertmanager, the cheapest question that only it answers. */
export async function getVersion(call: AlertmanagerCall): Promise<string> {
  return (await read(call, "/api/v2/status", AlertmanagerStatus)).versionInfo.version;
}

/** When an Alertmanager started, in ms: until senders have told it again, it knows of nothing that fired before. */
export async function getStartedAtMs(call: AlertmanagerCall): Promise<number> {
  return Date.parse((await read(call, "/api/v2/status", AlertmanagerStatus)).uptime);
}

/** Error bodies of Alertmanager are strings or objects: their text is carried as it is. */
function read<T extends z.ZodType>(call: AlertmanagerCall, path: string, schema: T): Promise<z.infer<T>> {
  const { source, signal, limits } = call;
  const { timeoutMs, maxBodyBytes } = limits;
  return ask(source, { path, timeoutMs, maxBodyBytes, signal }, (answer) => {
    if (answer.status !== 200) throw foreignAnswer(source, answer);
    const parsed = schema.safeParse(jsonOf(answer));
    if (!parsed.success) throw foreignAnswer(source, answer);
    return parsed.data;
  });
}
