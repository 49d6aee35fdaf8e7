import type { Metadata } from "next";
import { connection } from "next/server";
import { IncidentFrame } from "#components/incidents/incident-frame.tsx";
import { INCIDENT_PAGE } from "#components/incidents/incident-spec.ts";
import { PostmortemPage } from "#components/postmortems/postmortem-page.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { getPostmortem } from "#lib/server/services/postmortems/get.ts";
import { loadPage } from "../../../load-page.ts";
import { pageActor } from "../../../page-actor.ts";
import { readIncident } from "../read-incident.ts";

const TITLE = "Post-mortem";
interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${TITLE} of ${(await readIncident(entityNameOf((await params).id))).id}` };
}

export default async function IncidentPostmortemPage({ params }: Props) {
  await connection();
  const { id } = await readIncident(entityNameOf((await params).id));
  const actor = await pageActor();
  const { postmortem } = await getPostmortem(actor, { id });
  const { lines } = await loadPage(INCIDENT_PAGE, Promise.resolve({}));
  const crumbs = [
    { label: "Incidents", href: "/incidents" },
    { label: id, href: `/incidents/${encodeURIComponent(id)}` },
  ];
  return (
    <IncidentFrame title={TITLE} crumbs={crumbs} lamps={lines}>
      <PostmortemPage initial={postmortem} />
    </IncidentFrame>
  );
}
