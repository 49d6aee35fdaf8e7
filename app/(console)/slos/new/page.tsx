import type { Metadata } from "next";
import { NewSlo } from "#components/slos/editor/new-slo.tsx";
import { namesOf } from "#lib/domain/signals/service-groups.ts";
import { listCatalogue } from "#lib/server/services/catalogue/list.ts";
import { pageActor } from "../../page-actor.ts";
import { EditorFrame } from "../editor-frame.tsx";

const TITLE = "New SLO";
const CRUMBS = [{ label: "SLOs", href: "/slos" }];
export const metadata: Metadata = { title: TITLE };

type Param = string | string[] | undefined;
interface Props {
  searchParams: Promise<Record<"service" | "node" | "proposal", Param>>;
}

const one = (value: Param) => (Array.isArray(value) ? value[0] : value);

export default async function NewSloPage({ searchParams }: Props) {
  const params = await searchParams;
  const [service, node, key] = [one(params.service), one(params.node), one(params.proposal)];
  const services = (await listCatalogue(await pageActor())).map((entry) => ({
    name: entry.name,
    owner: entry.owner ?? entry.team,
    tier: entry.tier,
    kind: entry.kind,
    names: namesOf(entry),
  }));
  return (
    <EditorFrame title={TITLE} crumbs={CRUMBS}>
      <NewSlo services={services} service={service} proposal={key ? { key, service, node } : null} />
    </EditorFrame>
  );
}
