import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { RuleList } from "#components/alerts/rules/rule-list.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../../load-page.ts";

const TITLE = "Alert rules";
const CRUMBS = [{ label: "Alerts", href: "/alerts" }];
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function RulesPage({ searchParams }: Props) {
  const { lines } = await loadPage(ALERT_PAGE, searchParams);
  return (
    <AlertFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <RuleList />
    </AlertFrame>
  );
}
