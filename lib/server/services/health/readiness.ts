import "server-only";
import type { Readiness } from "#lib/contracts/api.ts";
import type { SourceLamp } from "#lib/contracts/cluster.ts";
import { pingDatabase } from "#lib/server/db/ping.ts";
import { sourceLamps } from "#lib/server/query/lamps.ts";

function checkOf(lamps: readonly SourceLamp[], kind: SourceLamp["kind"]): Readiness["checks"]["database"] {
  const own = lamps.filter((lamp) => lamp.kind === kind);
  const worst = own.find((lamp) => lamp.state === "down" || lamp.state === "not_configured") ?? own[0];
  const ok = worst !== undefined && worst.state !== "down" && worst.state !== "not_configured";
  const error = worst?.error ?? (ok ? null : "not configured");
  return { ok, latencyMs: worst?.latencyMs ?? null, ...(error === null ? {} : { error }) };
}

/** Readiness of this process: a source that is away makes its check not ok, only the database makes it unready. */
export async function readiness(): Promise<Readiness> {
  const lamps = await sourceLamps(pingDatabase);
  const database = checkOf(lamps, "database");
  return {
    status: database.ok ? "ready" : "unready",
    checks: {
      database,
      prometheus: checkOf(lamps, "prometheus"),
      loki: checkOf(lamps, "loki"),
      alertmanager: checkOf(lamps, "alertmanager"),
    },
  };
}
