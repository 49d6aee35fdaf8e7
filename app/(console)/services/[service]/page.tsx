import type { Metadata } from "next";
import { connection } from "next/server";
import { PodsPanel } from "#components/cluster/pods-panel.tsx";
import { LogsPanel } from "#components/logs/logs-panel.tsx";
import { CanWeShip } from "#components/releases/can-we-ship.tsx";
import { ServiceHeader } from "#components/services/service-header.tsx";
import { ServicePanels } from "#components/services/service-panels.tsx";
import { servicePage } from "#components/services/service-spec.ts";
import { BudgetsPanel } from "#components/slos/budgets/budgets-panel.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { settings } from "#lib/server/env.ts";
import { MeasuredPage } from "../../measured-page.tsx";
import { readEntry } from "./read-entry.ts";

const CRUMBS = [{ label: "Services", href: "/services" }];
interface Props {
  params: Promise<{ service: string }>;
  searchParams: Promise<RangeParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: entityNameOf((await params).service) };
}

export default async function ServicePage({ params, searchParams }: Props) {
  await connection();
  const service = entityNameOf((await params).service);
  // Read before anything is sent, so that an unknown service can still answer 404.
  const entry = await readEntry(service);
  const kind = entry?.kind ?? "api";
  return (
    <MeasuredPage
      title={service}
      crumbs={CRUMBS}
      spec={servicePage(service, kind)}
      searchParams={searchParams}
    >
      <ServiceHeader entry={entry} />
      <BudgetsPanel of="service" />
      <CanWeShip service={service} />
      <ServicePanels service={service} batch={kind === "batch"} />
      <PodsPanel panel="service.pods" title="Pods" />
      <LogsPanel panel="service.logs" of={service} traceUrl={settings().traceUrl} />
    </MeasuredPage>
  );
}
