import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { ExistingRule } from "#components/alerts/rules/rule-editor.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../../../load-page.ts";

const CRUMBS = [
  { label: "Alerts", href: "/alerts" },
  { label: "Rules", href: "/alerts/rules" },
];
interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<RangeParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: entityNameOf((await params).name) };
}

export default async function RulePage({ params, searchParams }: Props) {
  const name = entityNameOf((await params).name);
  const { lines } = await loadPage(ALERT_PAGE, searchParams);
  return (
    <AlertFrame title={name} crumbs={CRUMBS} lamps={lines}>
      <ExistingRule name={name} />
    </AlertFrame>
  );
}
