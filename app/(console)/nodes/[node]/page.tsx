import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PodsPanel } from "#components/cluster/pods-panel.tsx";
import { LogsPanel } from "#components/logs/logs-panel.tsx";
import { ConditionsPanel } from "#components/nodes/conditions-panel.tsx";
import { FilesystemsTable } from "#components/nodes/filesystems-table.tsx";
import { NodeCharts } from "#components/nodes/node-charts.tsx";
import { NodeHeader } from "#components/nodes/node-header.tsx";
import { nodePage } from "#components/nodes/node-spec.ts";
import { ServicesPanel } from "#components/services/services-panel.tsx";
import { NodeSharesPanel } from "#components/slos/budgets/node-shares-panel.tsx";
import { BudgetsPanel } from "#components/slos/budgets/budgets-panel.tsx";
import { Page } from "#components/shell/page.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { settings } from "#lib/server/env.ts";
import { loadPage } from "../../load-page.ts";

const CRUMBS = [{ label: "Nodes", href: "/nodes" }];
interface Props {
  params: Promise<{ node: string }>;
  searchParams: Promise<RangeParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: entityNameOf((await params).node) };
}

export default async function NodePage({ params, searchParams }: Props) {
  const node = entityNameOf((await params).node);
  const spec = nodePage(node);
  // No Suspense around it: once anything is sent, an unknown node could not answer 404 any more.
  const { lines } = await loadPage(spec, searchParams);
  const health = lines["node.health"];
  if (health && !health.ok && health.problem.code === "not_found") notFound();
  return (
    <Page title={node} crumbs={CRUMBS} spec={spec} initial={lines}>
      <NodeHeader />
      <BudgetsPanel of="node" />
      <NodeCharts node={node}>
        <ConditionsPanel />
      </NodeCharts>
      <FilesystemsTable />
      <ServicesPanel panel="node.services" />
      <NodeSharesPanel node={node} />
      <PodsPanel panel="node.pods" title="Top consumers" />
      <LogsPanel panel="node.logs" of={node} traceUrl={settings().traceUrl} />
    </Page>
  );
}
