import type { Metadata } from "next";
import { Suspense } from "react";
import { AlertsPanel } from "#components/cluster/alerts-panel.tsx";
import { AnswerPanel } from "#components/cluster/answer-panel.tsx";
import { FindingsPanel } from "#components/cluster/findings-panel.tsx";
import { HEALTH_PAGE } from "#components/cluster/health-spec.ts";
import { NamespacePodsPanel } from "#components/cluster/namespace-pods-panel.tsx";
import { NodeStripsPanel } from "#components/nodes/node-strips-panel.tsx";
import { ServicesPanel } from "#components/services/services-panel.tsx";
import { PageSkeleton } from "#components/shell/page-skeleton.tsx";
import { Page } from "#components/shell/page.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "./load-page.ts";

const TITLE = "Cluster health";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default function HealthPage(props: Props) {
  return (
    <Suspense fallback={<PageSkeleton title={TITLE} />}>
      <Health {...props} />
    </Suspense>
  );
}

async function Health({ searchParams }: Props) {
  const { lines } = await loadPage(HEALTH_PAGE, searchParams);
  return (
    <Page title={TITLE} spec={HEALTH_PAGE} initial={lines}>
      <AnswerPanel />
      <NodeStripsPanel />
      <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,2.1fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-4">
          <ServicesPanel panel="cluster.services" />
          <NamespacePodsPanel />
        </div>
        <div className="grid min-w-0 gap-4 max-lg:order-first">
          <FindingsPanel />
          <AlertsPanel />
        </div>
      </div>
    </Page>
  );
}
