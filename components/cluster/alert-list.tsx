import type { FiringAlert } from "#lib/contracts/cluster.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Age } from "#components/shell/moment.tsx";
import { RunbookLinks } from "#components/shell/runbook-links.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { statusColor, StatusIcon } from "#components/shell/status.tsx";
import { countOf } from "#lib/domain/words/language.ts";
import { statusOfSeverity } from "#lib/domain/alerts/alert-severity.ts";
import { sortAlerts } from "./alert-order.ts";

interface AlertListProps {
  alerts: readonly FiringAlert[];
  /** All sources were asked just now: old alerts, or those of one source, prove nothing about alerting now. */
  whole: boolean;
}

/** The alerts that fire, worst first. The watchdog is no trouble: it shows that alerts arrive. */
export function AlertList({ alerts, whole }: AlertListProps) {
  const { troubles, pending, watchdog: seen } = sortAlerts(alerts);
  const watchdog = seen && whole;
  return (
    <>
      {troubles.length === 0 ? (
        <NoTroubles pending={pending} whole={whole} />
      ) : (
        <ul>
          {troubles.map((alert) => (
            <AlertEntry key={alert.fingerprint} alert={alert} />
          ))}
        </ul>
      )}
      <Watchdog arrives={watchdog} />
    </>
  );
}

function NoTroubles({ pending, whole }: { pending: number; whole: boolean }) {
  if (pending > 0)
    return (
      <EmptyState title={`${countOf(pending, "alert")} pending`}>
        What they see has to last before they fire.
      </EmptyState>
    );
  if (!whole)
    return (
      <EmptyState title="Whether something fires is not known">
        Not every source of alerts could be asked.
      </EmptyState>
    );
  return <EmptyState title="No rule is over its threshold">Alerts appear here as they fire.</EmptyState>;
}

function AlertEntry({ alert }: { alert: FiringAlert }) {
  const status = statusOfSeverity(alert.severity);
  return (
    <li className="border-line-soft flex gap-2.5 border-t py-2.5 first:border-t-0 first:pt-0">
      <span className="mt-0.75">
        <StatusIcon status={status} />
      </span>
      <div className="min-w-0 flex-1 break-words">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span>{alert.name}</span>
          <span className={`text-small ${statusColor(status)}`}>{alert.severity || "no severity"}</span>
          <span className="text-small text-faint ml-auto">
            <Age at={alert.startedAt} />
          </span>
        </p>
        <p className="text-dim">{alert.summary || alert.description}</p>
        <p className="text-small text-faint flex flex-wrap gap-x-3">
          {alert.service !== null && <EntityLink kind="services" name={alert.service} />}
          {alert.node !== null && <EntityLink kind="nodes" name={alert.node} />}
          <RunbookLinks
            alert={alert.name}
            runbookUrl={alert.runbookUrl}
            service={alert.service}
            node={alert.node}
          />
        </p>
      </div>
    </li>
  );
}

function Watchdog({ arrives }: { arrives: boolean }) {
  return (
    <p className="border-line-soft text-small text-faint mt-2 flex items-center gap-1.5 border-t pt-2">
      <StatusIcon status={arrives ? "healthy" : "no_data"} />
      {arrives
        ? "Alerting works: the watchdog alert arrives"
        : "No watchdog alert arrives: alerting is unproven"}
    </p>
  );
}
