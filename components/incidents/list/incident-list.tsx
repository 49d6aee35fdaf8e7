"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { IncidentFilter } from "#lib/client/incident-filter.ts";
import { incidentsQuery } from "#lib/client/incidents.queries.ts";
import type { Incident, IncidentPage } from "#lib/contracts/incidents.ts";
import { EmptyState, ErrorState, ForbiddenState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Card } from "#components/shell/card.tsx";
import { incidentsInWords } from "../incident-words.ts";
import { useIncidentFilter } from "../use-incident-filter.ts";
import { IncidentFilterBar } from "./incident-filter-bar.tsx";
import { IncidentListHead, IncidentRow } from "./incident-row.tsx";
import { OpenIncident } from "./open-incident.tsx";

interface IncidentListProps {
  /** What the server read for the first paint, and for which filter. */
  initial?: { filter: IncidentFilter; page: IncidentPage };
}

/** All incidents: open ones first, the gravest on top, then past ones; the filter lives in the address. */
export function IncidentList({ initial }: IncidentListProps) {
  const { wanted, clear } = useIncidentFilter();
  const fits = JSON.stringify(initial?.filter) === JSON.stringify(wanted);
  const query = useInfiniteQuery({
    ...incidentsQuery(wanted),
    placeholderData: keepPreviousData,
    initialData: initial && fits ? { pages: [initial.page], pageParams: [null] } : undefined,
  });
  const incidents = query.data?.pages.flatMap((page) => page.data.incidents);
  const filtered = Object.keys(wanted).length > 0;
  return (
    <>
      <div className="flex items-start justify-between gap-2 max-lg:flex-col">
        <IncidentFilterBar />
        <span className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Link href="/incidents/metrics" className="text-accent hover:underline">
            MTTD to MTTR
          </Link>
          <Link href="/incidents/actions" className="text-accent hover:underline">
            Action items
          </Link>
          <OpenIncident about={wanted} />
        </span>
      </div>
      <Card title={incidents ? incidentsInWords(incidents) : "Incidents"}>
        {incidents ? (
          <Rows incidents={incidents} filtered={filtered} onClear={clear} />
        ) : (
          <NotThere error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.hasNextPage && (
          <Button
            className="mt-3"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show older ones
          </Button>
        )}
      </Card>
    </>
  );
}

function NotThere({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (!error) return <ListSkeleton rows={8} rowHeight="h-11" />;
  const problem = problemOf(error);
  if (problem.code === "forbidden") return <ForbiddenState problem={problem} />;
  return <ErrorState problem={problem} onRetry={onRetry} />;
}

interface RowsProps {
  incidents: readonly Incident[];
  filtered: boolean;
  onClear: () => void;
}

function Rows({ incidents, filtered, onClear }: RowsProps) {
  if (incidents.length === 0) return <NoneShown filtered={filtered} onClear={onClear} />;
  const open = incidents.filter((one) => one.open);
  const past = incidents.filter((one) => !one.open);
  return (
    <div data-rows="">
      <IncidentListHead />
      <ul aria-label="Open incidents" className="empty:hidden">
        {open.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} />
        ))}
      </ul>
      {past.length > 0 && (
        <>
          <h3 className="text-small text-faint border-line-soft border-t pt-4 pb-1 font-medium">Past</h3>
          <ul aria-label="Past incidents">
            {past.map((incident) => (
              <IncidentRow key={incident.id} incident={incident} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function NoneShown({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState title="No incident matches the filter">
        <Button onClick={onClear} className="mt-2">
          Clear the filter
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="There has been no incident">
      <p>
        Alerts that page or file a ticket open one by themselves once Alertmanager delivers them to Burnline;
        what people notice first they open by hand.
      </p>
    </EmptyState>
  );
}
