import "server-only";
import type { Readiness } from "#lib/contracts/api.ts";
import type { SourceLamp } from "#lib/contracts/cluster.ts";
import { permits } from "#lib/domain/access/permissions.ts";
import { authenticate } from "#lib/server/auth/authenticate.ts";
import { pingDatabase } from "#lib/server/db/ping.ts";
import type { Caller } from "#lib/server/handle.ts";
import { sourceLamps } from "#lib/server/query/lamps.ts";

function checkOf(lamps: readonly SourceLamp[], kind: SourceLamp["kind"]): Readiness["checks"]["database"] {
  const own = lamps.filter((lamp) => lamp.kind === kind);
  const worst = own.find((lamp) => lamp.state === "down" || lamp.state === "not_configured") ?? own[0];
  const ok = worst !== undefined && worst.state !== "down" && worst.state !== "not_configured";
  const error = worst?.error ?? (ok ? null : "not configured");
  return { ok, latencyMs: worst?.latencyMs ?? null, ...(error === null ? {} : { error }) };
}

/** Readiness of this process: a source that is away makes its check not ok, only the database makes it unready. */
async function readiness(): Promise<Readiness> {
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

/** Whether whoever asks may read what went wrong: the words of a source name its address. */
async function mayReadErrors(headers: Headers): Promise<boolean> {
  const actor = await authenticate(headers).catch(() => null);
  return actor !== null && permits(actor, "operations:read");
}

function withoutErrors({ status, checks }: Readiness): Readiness {
  const bare = Object.entries(checks).map(([name, { ok, latencyMs }]) => [name, { ok, latencyMs }]);
  return { status, checks: Object.fromEntries(bare) as Readiness["checks"] };
}

/** What works, for probes and people: 503 when this process is not ready. */
export async function getReadiness(_input: unknown, caller: Caller): Promise<Response> {
  const [full, open] = await Promise.all([readiness(), mayReadErrors(caller.headers)]);
  return Response.json(open ? full : withoutErrors(full), {
    status: full.status === "ready" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
