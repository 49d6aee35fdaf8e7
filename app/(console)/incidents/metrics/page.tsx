import type { Metadata } from "next";
import { connection } from "next/server";
import { IncidentFrame } from "#components/incidents/incident-frame.tsx";
import { INCIDENT_PAGE } from "#components/incidents/incident-spec.ts";
import { MetricsPage } from "#components/incident-metrics/metrics-page.tsx";
import { readMetricsFilter } from "#lib/client/incident-metrics.queries.ts";
import { loadPage } from "../../load-page.ts";
import { readMetrics } from "./read-metrics.ts";

const TITLE = "Incident metrics";
const CRUMBS = [{ label: "Incidents", href: "/incidents" }];
export const metadata: Metadata = { title: TITLE };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function IncidentMetricsPage({ searchParams }: Props) {
  await connection();
  const reading = readMetrics(readMetricsFilter(await searchParams));
  const [initial, { lines }] = await Promise.all([reading, loadPage(INCIDENT_PAGE, Promise.resolve({}))]);
  return (
    <IncidentFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <MetricsPage initial={initial} />
    </IncidentFrame>
  );
}
