"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { timelineQuery } from "#lib/client/incidents.queries.ts";
import type { Timeline as TimelineAnswer, TimelineEntry } from "#lib/contracts/incidents.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { ErrorState } from "#components/shell/states.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Card } from "#components/shell/card.tsx";
import { daysOf } from "./days.ts";
import { EntryWithActions } from "./entry-actions.tsx";
import { LiveSign } from "./live-sign.tsx";

interface TimelineProps {
  incidentId: string;
  initial?: TimelineAnswer;
  nameOf: (personId: string) => string;
  /** Where people write; without it nothing can be changed. */
  composer: ReactNode;
}

/** The timeline of an incident, the newest on top; what is new appears by itself. */
export function Timeline({ incidentId, initial, nameOf, composer }: TimelineProps) {
  const query = useQuery({ ...timelineQuery(incidentId), initialData: initial });
  const { timeZone } = usePreferences().preferences;
  const entries = query.data?.entries ?? [];
  const pinned = entries.filter((entry) => entry.pinned);
  const row = (entry: TimelineEntry) => (
    <EntryWithActions
      key={entry.seq}
      incidentId={incidentId}
      entry={entry}
      nameOf={nameOf}
      readOnly={!composer}
    />
  );
  return (
    <Card title="Timeline" aside={<LiveSign />}>
      {composer}
      {query.isPending && <ListSkeleton rows={6} rowHeight="h-12" />}
      {query.error && !query.data && (
        <ErrorState problem={problemOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {pinned.length > 0 && (
        <ol aria-label="Pinned entries" className="border-line-soft mb-2 border-b pb-1">
          {pinned.map(row)}
        </ol>
      )}
      <div role="log" aria-label="Timeline" aria-live="polite" aria-relevant="additions">
        {daysOf(entries, timeZone).map(({ day, entries: ofDay }) => (
          <section key={day} aria-label={day}>
            <h3 className="text-small text-faint pt-2 pb-0.5 font-medium">{day}</h3>
            <ol>{ofDay.map(row)}</ol>
          </section>
        ))}
      </div>
    </Card>
  );
}
