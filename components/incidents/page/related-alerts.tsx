"use client";

import { BookOpen, Flame } from "lucide-react";
import { webAddress } from "#lib/client/web-address.ts";
import type { IncidentDetail, RelatedAlert } from "#lib/contracts/incidents.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { Age } from "#components/shell/moment.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Card } from "../card.tsx";

/** Labels that the name and the summary say already. */
const SAID = new Set(["alertname", "severity", "action", "service", "node"]);
/** As many as one takes in at a glance; the others are a click away. */
const SHOWN = 4;

/** The alerts that belong to the incident: those that fire, then those that ended. */
export function RelatedAlerts({ incident: { alerts } }: { incident: IncidentDetail }) {
  const firing = alerts.filter(({ endsAt }) => endsAt === null);
  const ended = alerts.filter(({ endsAt }) => endsAt !== null);
  const ordered = [...firing, ...ended];
  const title = alerts.length === 0 ? "Alerts" : `Alerts: ${firing.length} firing, ${ended.length} ended`;
  return (
    <Card title={title}>
      {alerts.length === 0 && <p className="text-dim">No alert belongs to it; it was opened by hand.</p>}
      <AlertList alerts={ordered.slice(0, SHOWN)} />
      {ordered.length > SHOWN && (
        <details className="mt-2.5">
          <summary className="text-dim rounded-chip w-fit cursor-pointer">
            {ordered.length - SHOWN} more
          </summary>
          <div className="mt-2.5">
            <AlertList alerts={ordered.slice(SHOWN)} />
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
  const runbook = webAddress(alert.runbookUrl);
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
      <div className="text-small mt-0.5 flex flex-wrap items-start gap-x-3">
        {runbook === null ? (
          <span className="text-warning">no runbook</span>
        ) : (
          <a
            href={runbook}
            rel="noopener noreferrer"
            target="_blank"
            className="text-accent rounded-chip inline-flex items-center gap-1 underline"
          >
            <BookOpen size={12} aria-hidden="true" />
            Runbook
          </a>
        )}
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
