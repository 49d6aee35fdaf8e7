"use client";

import { useQuery } from "@tanstack/react-query";
import { alertHistoryQuery } from "#lib/client/alerts.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { Alert, AlertHistory } from "#lib/contracts/alerts.ts";
import { firingStrip } from "#lib/domain/alerts/alert-states.ts";
import { writeMatchers } from "#lib/domain/alerts/label-filter.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { formatTime } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { SilenceButton } from "./silence-button.tsx";
import { useAlertFilter } from "./use-alert-filter.ts";

/** The labels of an alert, each a filter, and its history. */
export function AlertDetails({ alert }: { alert: Alert }) {
  const { filter, setFilter } = useAlertFilter();
  const narrow = (label: string, value: string) => {
    const matcher = writeMatchers([{ label, operator: "=", value }]);
    void setFilter({ match: filter.match === "" ? matcher : `${filter.match}, ${matcher}` });
  };
  return (
    <div className="mt-2 grid gap-2.5 pl-5.5">
      {alert.description !== "" && <p className="text-dim max-w-prose break-words">{alert.description}</p>}
      <ul aria-label="Labels" className="flex flex-wrap gap-1">
        {Object.entries(alert.labels).map(([label, value]) => (
          <li key={label} className="max-w-full">
            <button
              type="button"
              title="Only alerts with this label"
              onClick={() => narrow(label, value)}
              className="rounded-chip border-line text-small text-dim hover:text-ink max-w-full truncate border px-1.5 font-mono"
            >
              {label}={value}
            </button>
          </li>
        ))}
      </ul>
      <History fingerprint={alert.fingerprint} />
      {alert.state !== "suppressed" && (
        <div>
          <SilenceButton alert={alert} />
        </div>
      )}
    </div>
  );
}

function History({ fingerprint }: { fingerprint: string }) {
  const { data, error } = useQuery(alertHistoryQuery(fingerprint));
  if (error) return <p className="text-dim">{problemOf(error).detail}</p>;
  if (!data) return <Skeleton className="h-10" />;
  return <HistoryStrip history={data} />;
}

/** The last 30 days as a strip: where it is filled, the alert fired. */
function HistoryStrip({ history: { firings, firingSeconds, flaps, from, to } }: { history: AlertHistory }) {
  const { timeZone } = usePreferences().preferences;
  const times = firings.map(({ startsAt, endsAt }) => ({
    startsAtMs: Date.parse(startsAt),
    endsAtMs: endsAt === null ? null : Date.parse(endsAt),
  }));
  const words = `fired ${countOf(firings.length, "time")} in 30 days for ${writeSeconds(firingSeconds)} in all, ${flaps} of them in the last 24 h`;
  return (
    <figure>
      <svg
        role="img"
        aria-label={words}
        viewBox="0 0 1000 10"
        preserveAspectRatio="none"
        className="bg-raised rounded-chip block h-4 w-full"
      >
        {firingStrip(times, Date.parse(from), Date.parse(to)).map((piece) => (
          <rect
            key={piece.from}
            x={piece.from * 1000}
            width={Math.max(2, (piece.to - piece.from) * 1000)}
            height={10}
            className="fill-critical"
          />
        ))}
      </svg>
      <figcaption className="text-small text-faint mt-1 flex justify-between gap-3">
        <span>{formatTime(from, "day", timeZone)}</span>
        <span>{words}</span>
        <span>now</span>
      </figcaption>
    </figure>
  );
}
