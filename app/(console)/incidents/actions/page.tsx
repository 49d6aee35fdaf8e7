import type { Metadata } from "next";
import { IncidentFrame } from "#components/incidents/incident-frame.tsx";
import { INCIDENT_PAGE } from "#components/incidents/incident-spec.ts";
import { ActionsPage } from "#components/postmortems/actions-page.tsx";
import { listActionItems } from "#lib/server/services/action-items/list.ts";
import { loadPage } from "../../load-page.ts";
import { pageActor } from "../../page-actor.ts";

const TITLE = "Action items";
const CRUMBS = [{ label: "Incidents", href: "/incidents" }];
export const metadata: Metadata = { title: TITLE };

export default async function ActionItemsPage() {
  const actor = await pageActor();
  // What cannot be read now the browser asks for itself, and says why.
  const reading = listActionItems(actor, {}).catch(() => undefined);
  const [items, { lines }] = await Promise.all([reading, loadPage(INCIDENT_PAGE, Promise.resolve({}))]);
  return (
    <IncidentFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <ActionsPage initial={items} />
    </IncidentFrame>
  );
}
