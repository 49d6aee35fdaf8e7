import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { RunbookList } from "#components/runbooks/runbook-list.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { listRunbooks } from "#lib/server/services/runbooks/read.ts";
import { loadPage } from "../../load-page.ts";
import { pageActor } from "../../page-actor.ts";

const TITLE = "Runbooks";
const CRUMBS = [{ label: "Alerts", href: "/alerts" }];
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function RunbooksPage({ searchParams }: Props) {
  const actor = await pageActor();
  // What cannot be read now the browser asks for itself, and says why.
  const reading = listRunbooks(actor, {}).catch(() => undefined);
  const [list, { lines }] = await Promise.all([reading, loadPage(ALERT_PAGE, searchParams)]);
  return (
    <AlertFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <RunbookList initial={list?.runbooks} />
    </AlertFrame>
  );
}
