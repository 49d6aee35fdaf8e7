import type { Metadata } from "next";
import { NODES_PAGE } from "#components/nodes/node-spec.ts";
import { NodeStripsPanel } from "#components/nodes/node-strips-panel.tsx";
import { NodesTable } from "#components/nodes/nodes-table.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { MeasuredPage } from "../measured-page.tsx";

const TITLE = "Nodes";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default function NodesPage({ searchParams }: Props) {
  return (
    <MeasuredPage title={TITLE} spec={NODES_PAGE} searchParams={searchParams}>
      <NodesTable />
      <NodeStripsPanel />
    </MeasuredPage>
  );
}
