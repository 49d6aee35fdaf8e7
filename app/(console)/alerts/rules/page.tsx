import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { RuleList } from "#components/alerts/rules/rule-list.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { listRules } from "#lib/server/services/alert-rules/list.ts";
import { loadPage } from "../../load-page.ts";
import { pageActor } from "../../page-actor.ts";

const TITLE = "Alert rules";
const FIRST_PAINT_MS = 1_000;
const CRUMBS = [{ label: "Alerts", href: "/alerts" }];
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function RulesPage({ searchParams }: Props) {
  const actor = await pageActor();
  const signal = AbortSignal.timeout(FIRST_PAINT_MS);
  // What cannot be read by then the browser asks for itself, and says why.
  const reading = listRules(actor, {}, { signal }).catch(() => undefined);
  const [rules, { lines }] = await Promise.all([reading, loadPage(ALERT_PAGE, searchParams)]);
  return (
    <AlertFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <RuleList initial={rules} />
    </AlertFrame>
  );
}
