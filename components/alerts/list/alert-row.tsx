"use client";

import { clsx } from "clsx";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { Alert } from "#lib/contracts/alerts.ts";
import { statusOfSeverity } from "#lib/domain/alerts/alert-severity.ts";
import { EntityLink } from "#components/shell/entity-link.tsx";
import { Age } from "#components/shell/moment.tsx";
import { RunbookLinks } from "#components/shell/runbook-links.tsx";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { statusColor, StatusIcon } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { AlertDetails } from "./alert-details.tsx";
import { SuppressedNote } from "./suppressed-note.tsx";

/** Fires so often a day that its threshold, not the service, is the trouble. */
const MANY_FLAPS = 4;

/** An alert in two lines; opened, its labels and what it did over the last 30 days. */
export function AlertRow({ alert, among }: { alert: Alert; among: "few" | "many" }) {
  const [open, setOpen] = useState(false);
  const Chevron = open ? ChevronDown : ChevronRight;
  const quiet = alert.state === "suppressed" || alert.state === "pending";
  const status = statusOfSeverity(alert.severity);
  return (
    <li
      data-alert={alert.name}
      className={clsx(
        "border-line-soft border-t py-2.5 first:border-t-0",
        among === "many" && "[contain-intrinsic-size:auto_60px] [content-visibility:auto]",
      )}
    >
      <div className="flex gap-2.5">
        <span className="mt-0.75">
          <StatusIcon status={quiet ? "no_data" : status} />
        </span>
        <div className="min-w-0 flex-1 break-words">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{alert.name}</span>
            <span className={`text-small ${quiet ? "text-faint" : statusColor(status)}`}>
              {alert.severity} · {alert.state}
            </span>
            {alert.flaps >= MANY_FLAPS && (
              <span className="text-small text-warning">fired {alert.flaps} times in 24 h</span>
            )}
            <span className="text-small text-faint ml-auto">
              <Age at={alert.startedAt} />
            </span>
          </p>
          <p className="text-dim">{alert.summary || alert.description}</p>
          <AlertFacts alert={alert} />
          <SuppressedNote alert={alert} />
        </div>
        <Button
          variant="ghost"
          size="icon"
          aria-expanded={open}
          aria-label={`${open ? "Hide" : "Show"} what ${alert.name} did`}
          className="max-sm:size-10"
          onClick={() => setOpen(!open)}
        >
          <Chevron size={15} aria-hidden="true" />
        </Button>
      </div>
      {open && <AlertDetails alert={alert} />}
    </li>
  );
}

/** What it is about, what to do, and who is at it. */
function AlertFacts({ alert }: { alert: Alert }) {
  return (
    <p className="text-small text-faint flex flex-wrap items-center gap-x-3 gap-y-1">
      {alert.service !== null && <EntityLink kind="services" name={alert.service} />}
      {alert.node !== null && <EntityLink kind="nodes" name={alert.node} />}
      <RunbookLinks
        alert={alert.name}
        runbookUrl={alert.runbookUrl}
        service={alert.service}
        node={alert.node}
      />
      {alert.incident && <IncidentLink incident={alert.incident} />}
      {alert.lastSeenAt !== null && (
        <span className="text-warning">
          no source tells of it now, <Age at={alert.lastSeenAt} prefix="last seen " />
        </span>
      )}
    </p>
  );
}

function IncidentLink({ incident }: { incident: NonNullable<Alert["incident"]> }) {
  return (
    <Link
      href={`/incidents/${encodeURIComponent(incident.id)}`}
      className="hover:text-ink inline-flex min-h-6 items-center gap-1.5 underline"
    >
      <SeverityChip severity={incident.severity} />
      {incident.id}
    </Link>
  );
}
