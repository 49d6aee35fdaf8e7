import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { RunbookEditor } from "#components/runbooks/editor/runbook-editor.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../../../load-page.ts";

const TITLE = "New runbook";
const CRUMBS = [
  { label: "Alerts", href: "/alerts" },
  { label: "Runbooks", href: "/alerts/runbooks" },
];
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams & { name?: string | string[] }>;
}

export default async function NewRunbookPage({ searchParams }: Props) {
  const { name } = await searchParams;
  const { lines } = await loadPage(ALERT_PAGE, searchParams);
  return (
    <AlertFrame title={TITLE} crumbs={CRUMBS} lamps={lines}>
      <RunbookEditor runbook={null} name={typeof name === "string" ? name : ""} />
    </AlertFrame>
  );
}
