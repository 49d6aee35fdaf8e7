import type { Metadata } from "next";
import { AlertsPanel } from "#components/cluster/alerts-panel.tsx";
import { AnswerPanel } from "#components/cluster/answer-panel.tsx";
import { FindingsPanel } from "#components/cluster/findings-panel.tsx";
import { HEALTH_PAGE } from "#components/cluster/health-spec.ts";
import { NamespacePodsPanel } from "#components/cluster/namespace-pods-panel.tsx";
import { NodeStripsPanel } from "#components/nodes/node-strips-panel.tsx";
import { ServicesPanel } from "#components/services/services-panel.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { MeasuredPage } from "./measured-page.tsx";

const TITLE = "Cluster health";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default function HealthPage({ searchParams }: Props) {
  return (
    <MeasuredPage title={TITLE} spec={HEALTH_PAGE} searchParams={searchParams}>
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
    </MeasuredPage>
  );
}
