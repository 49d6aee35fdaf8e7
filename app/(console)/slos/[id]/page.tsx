import type { Metadata } from "next";
import { connection } from "next/server";
import { EntriesPanel } from "#components/slos/entries/entries-panel.tsx";
import { SloFrame } from "#components/slos/slo-frame.tsx";
import { SloPage } from "#components/slos/slo-page.tsx";
import { SLO_PAGE } from "#components/slos/slo-spec.ts";
import { entityNameOf } from "#lib/client/entity-path.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../../load-page.ts";
import { readSlo } from "./read-slo.ts";

const CRUMBS = [{ label: "SLOs", href: "/slos" }];
interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<RangeParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await readSlo(entityNameOf((await params).id));
  return { title: data.slo.key };
}

export default async function OneSloPage({ params, searchParams }: Props) {
  await connection();
  const slo = await readSlo(entityNameOf((await params).id));
  const { lines } = await loadPage(SLO_PAGE, searchParams);
  return (
    <SloFrame title={slo.data.slo.key} crumbs={CRUMBS} lamps={lines}>
      <SloPage initial={slo} changes={<EntriesPanel sloId={slo.data.slo.id} />} />
    </SloFrame>
  );
}
