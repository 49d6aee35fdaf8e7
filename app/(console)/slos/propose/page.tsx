import type { Metadata } from "next";
import { Proposals } from "#components/slos/editor/proposals.tsx";
import { EditorFrame } from "../editor-frame.tsx";

const TITLE = "Proposed SLOs";
const CRUMBS = [{ label: "SLOs", href: "/slos" }];
export const metadata: Metadata = { title: TITLE };

type Param = string | string[] | undefined;
interface Props {
  searchParams: Promise<Record<"service" | "node", Param>>;
}

const one = (value: Param) => (Array.isArray(value) ? value[0] : value);

export default async function ProposePage({ searchParams }: Props) {
  const params = await searchParams;
  return (
    <EditorFrame title={TITLE} crumbs={CRUMBS}>
      <Proposals of={{ service: one(params.service), node: one(params.node) }} />
    </EditorFrame>
  );
}
