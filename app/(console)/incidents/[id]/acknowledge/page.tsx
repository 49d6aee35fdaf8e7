import type { Metadata } from "next";
import { connection } from "next/server";
import { IncidentFrame } from "#components/incidents/incident-frame.tsx";
import { AcknowledgeCard } from "#components/notifications/acknowledge-card.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { readIncident } from "../read-incident.ts";

export const metadata: Metadata = { title: "Acknowledge" };

/** Where a notification's link leads: a preview that fetches it changes nothing. */
export default async function AcknowledgePage({ params }: { params: Promise<{ id: string }> }) {
  await connection();
  const incident = await readIncident(entityNameOf((await params).id));
  const crumbs = [
    { label: "Incidents", href: "/incidents" },
    { label: incident.id, href: `/incidents/${incident.id}` },
  ];
  return (
    <IncidentFrame title="Acknowledge" crumbs={crumbs}>
      <AcknowledgeCard initial={{ ...incident, title: harmlessText(incident.title) }} />
    </IncidentFrame>
  );
}
