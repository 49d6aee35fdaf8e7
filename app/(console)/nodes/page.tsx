import type { Metadata } from "next";
import { Suspense } from "react";
import { NODES_PAGE } from "#components/nodes/node-spec.ts";
import { NodeStripsPanel } from "#components/nodes/node-strips-panel.tsx";
import { NodesTable } from "#components/nodes/nodes-table.tsx";
import { PageSkeleton } from "#components/shell/page-skeleton.tsx";
import { Page } from "#components/shell/page.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../load-page.ts";

const TITLE = "Nodes";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default function NodesPage(props: Props) {
  return (
    <Suspense fallback={<PageSkeleton title={TITLE} />}>
      <Nodes {...props} />
    </Suspense>
  );
}

async function Nodes({ searchParams }: Props) {
  const { lines } = await loadPage(NODES_PAGE, searchParams);
  return (
    <Page title={TITLE} spec={NODES_PAGE} initial={lines}>
      <NodesTable />
      <NodeStripsPanel />
    </Page>
  );
}
