import type { Metadata } from "next";
import { IncidentFrame } from "#components/incidents/incident-frame.tsx";
import { INCIDENT_PAGE } from "#components/incidents/incident-spec.ts";
import { IncidentList } from "#components/incidents/list/incident-list.tsx";
import { incidentQueryText, type IncidentParams, readIncidentFilter } from "#lib/client/incident-filter.ts";
import { listIncidents } from "#lib/server/services/incidents/list.ts";
import { loadPage } from "../load-page.ts";
import { pageActor } from "../page-actor.ts";

const TITLE = "Incidents";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<IncidentParams>;
}

export default async function IncidentsPage({ searchParams }: Props) {
  const actor = await pageActor();
  const filter = readIncidentFilter(await searchParams);
  // What cannot be read now the browser asks for itself, and says why.
  const query = Object.fromEntries(new URLSearchParams(incidentQueryText(filter, null)));
  const reading = listIncidents(actor, query).catch(() => undefined);
  const [page, { lines }] = await Promise.all([reading, loadPage(INCIDENT_PAGE, Promise.resolve({}))]);
  return (
    <IncidentFrame title={TITLE} lamps={lines}>
      <IncidentList initial={page && { filter, page }} />
    </IncidentFrame>
  );
}
