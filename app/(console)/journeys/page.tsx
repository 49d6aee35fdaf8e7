import type { Metadata } from "next";
import { JourneyList } from "#components/slos/journeys/journey-list.tsx";
import { SloFrame } from "#components/slos/slo-frame.tsx";
import { SLO_PAGE } from "#components/slos/slo-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { listJourneys } from "#lib/server/services/slos/journeys/list.ts";
import { loadPage } from "../load-page.ts";
import { pageActor } from "../page-actor.ts";

const TITLE = "User journeys";
const PATIENCE_MS = 1_000;
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function JourneysPage({ searchParams }: Props) {
  const actor = await pageActor();
  // What cannot be read now the browser asks for itself, and says why.
  const reading = listJourneys(actor, {}, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
    () => undefined,
  );
  const [list, { lines }] = await Promise.all([reading, loadPage(SLO_PAGE, searchParams)]);
  return (
    <SloFrame title={TITLE} lamps={lines}>
      <JourneyList initial={list} />
    </SloFrame>
  );
}
