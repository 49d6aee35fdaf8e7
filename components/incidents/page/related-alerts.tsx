"use client";

import { Flame } from "lucide-react";
import { useState } from "react";
import type { IncidentDetail, RelatedAlert } from "#lib/contracts/incidents.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { Age } from "#components/shell/moment.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { RunbookLinks } from "#components/shell/runbook-links.tsx";
import { Card } from "#components/shell/card.tsx";

/** Labels that the name and the summary say already. */
const SAID = new Set(["alertname", "severity", "action", "service", "node"]);
/** As many as one takes in at a glance; the others are a click away. */
const SHOWN = 4;

/** The alerts that belong to the incident: those that fire, then those that ended. */
export function RelatedAlerts({ incident: { alerts, alertCounts } }: { incident: IncidentDetail }) {
  const [open, setOpen] = useState(false);
  const { firing, ended } = alertCounts;
  const all = firing + ended;
  const title = all === 0 ? "Alerts" : `Alerts: ${writeCount(firing)} firing, ${writeCount(ended)} ended`;
  return (
    <Card title={title}>
      {all === 0 && <p className="text-dim">No alert belongs to it; it was opened by hand.</p>}
      <AlertList alerts={alerts.slice(0, SHOWN)} />
      {alerts.length > SHOWN && (
        <details className="mt-2.5" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="text-dim rounded-chip w-fit cursor-pointer">
            {writeCount(all - SHOWN)} more
          </summary>
          <div className="mt-2.5">
            {open && <AlertList alerts={alerts.slice(SHOWN)} />}
            {all > alerts.length && (
              <p className="text-dim mt-2.5">
                The first {writeCount(alerts.length)} of {writeCount(all)} are shown.
              </p>
            )}
          </div>
        </details>
      )}
    </Card>
  );
}

function AlertList({ alerts }: { alerts: readonly RelatedAlert[] }) {
  return (
    <ul className="grid gap-2.5">
      {alerts.map((alert) => (
        <Alert key={`${alert.source} ${alert.fingerprint} ${alert.startsAt}`} alert={alert} />
      ))}
    </ul>
  );
}

function Alert({ alert }: { alert: RelatedAlert }) {
  const labels = Object.entries(alert.labels).filter(([name]) => !SAID.has(name));
  const firing = alert.endsAt === null;
  return (
    <li className="min-w-0">
      <p className="flex items-start gap-1.5 break-words">
        {firing && <Flame size={13} aria-hidden="true" className="text-critical mt-0.75 flex-none" />}
        <span className={firing ? "min-w-0 font-medium" : "text-dim min-w-0"}>
          {harmlessText(alert.name)}
        </span>
      </p>
      <p className="text-dim break-words">{harmlessText(alert.summary)}</p>
      <p className="text-small text-faint">
        <Span alert={alert} />
      </p>
      <div className="text-small text-faint mt-0.5 flex flex-wrap items-start gap-x-3">
        <RunbookLinks
          alert={alert.name}
          runbookUrl={alert.runbookUrl}
          service={alert.labels.service}
          node={alert.labels.node}
        />
        {labels.length > 0 && (
          <details className="text-faint min-w-0">
            <summary className="rounded-chip w-fit cursor-pointer">Labels</summary>
            <p className="font-mono break-all">
              {labels.map(([name, value]) => `${harmlessText(name)}=${harmlessText(value)}`).join(" ")}
            </p>
          </details>
        )}
      </div>
    </li>
  );
}

/** Since when it fires, or when it ended; an end that was inferred is an interval. */
function Span({ alert: { startsAt, endsAt, endNotBefore } }: { alert: RelatedAlert }) {
  const { timeZone } = usePreferences().preferences;
  const clock = (at: string) => (
    <time dateTime={at} title={formatUtc(at)} className="whitespace-nowrap">
      {formatTime(at, "dayClock", timeZone)}
    </time>
  );
  if (endsAt === null) {
    return (
      <>
        firing since {clock(startsAt)}, <Age at={startsAt} />
      </>
    );
  }
  if (endNotBefore !== null) {
    return (
      <>
        {clock(startsAt)}, ended between {clock(endNotBefore)} and {clock(endsAt)} (inferred: nobody told
        when)
      </>
    );
  }
  return (
    <>
      {clock(startsAt)} to {clock(endsAt)}
    </>
  );
}
