import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { AlertList } from "#components/alerts/list/alert-list.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { listAlerts } from "#lib/server/services/alerts/list.ts";
import { loadPage } from "../load-page.ts";
import { pageActor } from "../page-actor.ts";

const TITLE = "Alerts";
const FIRST_PAINT_MS = 5_000;
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function AlertsPage({ searchParams }: Props) {
  const actor = await pageActor();
  const signal = AbortSignal.timeout(FIRST_PAINT_MS);
  // What cannot be read now the browser asks for itself, and says why.
  const reading = listAlerts(actor, {}, { signal }).catch(() => undefined);
  const [list, { lines }] = await Promise.all([reading, loadPage(ALERT_PAGE, searchParams)]);
  return (
    <AlertFrame title={TITLE} lamps={lines}>
      <AlertList initial={list} />
    </AlertFrame>
  );
}
