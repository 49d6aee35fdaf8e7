import "server-only";
import type { FiringAlert } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { readAlerts } from "#lib/domain/findings/firing-alerts.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import { sourcesOf } from "#lib/server/query/sources.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { gather, mapMeasured } from "./gather.ts";

/** Alerts that fire, are pending or silenced: Alertmanager's where there is one, beside those of Prometheus' rules. */
export async function measureAlerts(context: QueryContext): Promise<Measured<FiringAlert[]>> {
  const plane = queryPlane();
  const hasManager = sourcesOf("alertmanager").length > 0;
  const parts = await gather({
    managed: hasManager ? { what: "Alertmanager's alerts", read: plane.alerts(context) } : null,
    ruled: { what: "alerts of Prometheus' rules", read: plane.ruleAlerts(context) },
  });
  return mapMeasured(parts, ({ managed, ruled }) => readAlerts(managed ?? [], ruled ?? []));
}
