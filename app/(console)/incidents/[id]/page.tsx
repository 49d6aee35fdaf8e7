import type { Metadata } from "next";
import { connection } from "next/server";
import { IncidentFrame } from "#components/incidents/incident-frame.tsx";
import { INCIDENT_PAGE } from "#components/incidents/incident-spec.ts";
import { IncidentPage } from "#components/incidents/page/incident-page.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { settings } from "#lib/server/env.ts";
import { readTimeline } from "#lib/server/services/incidents/timeline/read.ts";
import { loadPage } from "../../load-page.ts";
import { pageActor } from "../../page-actor.ts";
import { AroundIncident } from "./around-incident.tsx";
import { readIncident } from "./read-incident.ts";

const CRUMBS = [{ label: "Incidents", href: "/incidents" }];
interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { severity, title } = await readIncident(entityNameOf((await params).id));
  return { title: `${severity} ${harmlessText(title)}` };
}

export default async function OneIncidentPage({ params }: Props) {
  await connection();
  const incident = await readIncident(entityNameOf((await params).id));
  const actor = await pageActor();
  // What cannot be read now the browser asks for itself, and says why.
  const reading = readTimeline(actor, { id: incident.id }).catch(() => undefined);
  const [timeline, { lines }] = await Promise.all([reading, loadPage(INCIDENT_PAGE, Promise.resolve({}))]);
  return (
    <IncidentFrame title={harmlessText(incident.title)} crumbs={CRUMBS} lamps={lines}>
      <IncidentPage
        initial={incident}
        timeline={timeline}
        actions={<AroundIncident incident={incident} traceUrl={settings().traceUrl} />}
      />
    </IncidentFrame>
  );
}
