import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import type { SourceSettings } from "#lib/server/env.ts";
import type { AlertmanagerCall } from "#lib/server/query/alertmanager/client.ts";
import { getSilences, type SourceSilence } from "#lib/server/query/alertmanager/silences.ts";
import { QUERY_LIMITS } from "#lib/server/query/limits.ts";
import { findSource } from "#lib/server/query/sources.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { sourceGuard } from "#lib/server/query/upstream-guard.ts";

/** Does something with an Alertmanager, past every cache. Throws as the query plane does. */
export function withAlertmanager<T>(
  source: SourceSettings,
  signal: AbortSignal,
  work: (call: AlertmanagerCall) => Promise<T>,
): Promise<T> {
  return sourceGuard(source)((guarded) => work({ source, signal: guarded, limits: QUERY_LIMITS }), signal);
}

/** The silences that an Alertmanager knows just now. */
export async function askSilences(
  { signal }: Pick<QueryContext, "signal">,
  sourceName: string,
): Promise<Measured<SourceSilence[]>> {
  const data = await withAlertmanager(findSource("alertmanager", sourceName), signal, getSilences);
  return { data, asOf: new Date().toISOString(), stale: false, partial: false, warnings: [] };
}
