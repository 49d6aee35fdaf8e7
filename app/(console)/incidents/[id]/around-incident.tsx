import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { LogsAround } from "#components/logs/logs-around.tsx";
import { DecisionsAround } from "#components/releases/decisions-around.tsx";
import { RunbookActions } from "#components/runbooks/actions/runbook-actions.tsx";

/** What went out shortly before may be the cause. */
const RELEASES_BEFORE_MS = 2 * 3_600_000;
/** The first lines of trouble come before anybody notices it. */
const LOGS_BEFORE_MS = 10 * 60_000;

/** What other features know of an incident: actions that may help, the lines written meanwhile, what the gate let out. */
export function AroundIncident({
  incident,
  traceUrl,
}: {
  incident: IncidentDetail;
  traceUrl: Parameters<typeof LogsAround>[0]["traceUrl"];
}) {
  const { id, service, node, startedAt, detectedAt, resolvedAt } = incident;
  const before = (ms: number) => new Date(Date.parse(startedAt ?? detectedAt) - ms).toISOString();
  return (
    <>
      <RunbookActions about={{ incident: id }} />
      {(service !== null || node !== null) && (
        <LogsAround
          service={service}
          node={node}
          from={before(LOGS_BEFORE_MS)}
          to={resolvedAt}
          traceUrl={traceUrl}
        />
      )}
      {service !== null && (
        <DecisionsAround service={service} from={before(RELEASES_BEFORE_MS)} to={resolvedAt} />
      )}
    </>
  );
}
