import type { Metadata } from "next";
import { DecisionLog } from "#components/releases/log/decision-log.tsx";
import { ReleaseFrame } from "#components/releases/release-frame.tsx";
import { RELEASE_PAGE } from "#components/releases/release-spec.ts";
import { type DecisionParams, readDecisionFilter } from "#lib/client/decisions.queries.ts";
import { listDecisions } from "#lib/server/services/decisions/list.ts";
import { loadPage } from "../../load-page.ts";
import { pageActor } from "../../page-actor.ts";

const TITLE = "Decisions";
const CRUMBS = [{ label: "Releases", href: "/releases" }];
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<DecisionParams>;
}

export default async function DecisionsPage({ searchParams }: Props) {
  const actor = await pageActor();
  const filter = readDecisionFilter(await searchParams);
  // What cannot be read now the browser asks for itself, and says why.
  const reading = listDecisions(actor, filter).catch(() => undefined);
  const [page, { lines }] = await Promise.all([reading, loadPage(RELEASE_PAGE, Promise.resolve({}))]);
  return (
    <ReleaseFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <DecisionLog initial={page && { filter, page }} />
    </ReleaseFrame>
  );
}
