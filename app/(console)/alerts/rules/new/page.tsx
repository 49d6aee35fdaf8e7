import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { RuleEditor } from "#components/alerts/rules/rule-editor.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../../../load-page.ts";

const TITLE = "New alert rule";
const CRUMBS = [
  { label: "Alerts", href: "/alerts" },
  { label: "Rules", href: "/alerts/rules" },
];
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function NewRulePage({ searchParams }: Props) {
  const { lines } = await loadPage(ALERT_PAGE, searchParams);
  return (
    <AlertFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <RuleEditor rule={null} />
    </AlertFrame>
  );
}
