import type { Metadata } from "next";
import { connection } from "next/server";
import { Suspense } from "react";
import { PodsPanel } from "#components/cluster/pods-panel.tsx";
import { LogsPanel } from "#components/logs/logs-panel.tsx";
import { ServiceHeader } from "#components/services/service-header.tsx";
import { ServicePanels } from "#components/services/service-panels.tsx";
import { servicePage } from "#components/services/service-spec.ts";
import { PageSkeleton } from "#components/shell/page-skeleton.tsx";
import { Page } from "#components/shell/page.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import type { CatalogueService } from "#lib/contracts/catalogue.ts";
import { loadPage } from "../../load-page.ts";
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
  return (
    <Suspense fallback={<PageSkeleton title={service} crumbs={CRUMBS} />}>
      <Service service={service} entry={entry} searchParams={searchParams} />
    </Suspense>
  );
}

type ServiceProps = Pick<Props, "searchParams"> & { service: string; entry: CatalogueService | null };

async function Service({ service, entry, searchParams }: ServiceProps) {
  const kind = entry?.kind ?? "api";
  const spec = servicePage(service, kind);
  const { lines } = await loadPage(spec, searchParams);
  return (
    <Page title={service} crumbs={CRUMBS} spec={spec} initial={lines}>
      <ServiceHeader entry={entry} />
      <ServicePanels service={service} batch={kind === "batch"} />
      <PodsPanel panel="service.pods" title="Pods" />
      <LogsPanel panel="service.logs" of={service} />
    </Page>
  );
}
