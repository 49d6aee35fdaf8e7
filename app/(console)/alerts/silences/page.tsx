import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { SilenceList } from "#components/alerts/silences/silence-list.tsx";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../../load-page.ts";

const TITLE = "Silences";
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams>;
}

export default async function SilencesPage({ searchParams }: Props) {
  const { lines } = await loadPage(ALERT_PAGE, searchParams);
  return (
    <AlertFrame title={TITLE} crumbs={[{ label: "Alerts", href: "/alerts" }]} lamps={lines}>
      <SilenceList />
    </AlertFrame>
  );
}
