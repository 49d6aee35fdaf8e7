import type { Metadata } from "next";
import { IncidentFrame } from "#components/incidents/incident-frame.tsx";
import { INCIDENT_PAGE } from "#components/incidents/incident-spec.ts";
import { MetricsPage } from "#components/incident-metrics/metrics-page.tsx";
import { loadPage } from "../../load-page.ts";

const TITLE = "Incident metrics";
const CRUMBS = [{ label: "Incidents", href: "/incidents" }];
export const metadata: Metadata = { title: TITLE };

export default async function IncidentMetricsPage() {
  const { lines } = await loadPage(INCIDENT_PAGE, Promise.resolve({}));
  return (
    <IncidentFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <MetricsPage />
    </IncidentFrame>
  );
}
