import type { Metadata } from "next";
import { AlertFrame } from "#components/alerts/alert-frame.tsx";
import { ALERT_PAGE } from "#components/alerts/alert-spec.ts";
import { RunbookEditor } from "#components/runbooks/editor/runbook-editor.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { runbookPath } from "#lib/client/runbooks.queries.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { loadPage } from "../../../../load-page.ts";
import { readRunbook } from "../../read-runbook.ts";

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<RangeParams>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${entityNameOf((await params).name)}` };
}

export default async function EditRunbookPage({ params, searchParams }: Props) {
  const name = entityNameOf((await params).name);
  const [runbook, { lines }] = await Promise.all([readRunbook(name), loadPage(ALERT_PAGE, searchParams)]);
  const crumbs = [
    { label: "Runbooks", href: "/alerts/runbooks" },
    { label: name, href: runbookPath(name) },
  ];
  return (
    <AlertFrame title="Edit" crumbs={crumbs} lamps={lines}>
      <RunbookEditor runbook={runbook} name={name} />
    </AlertFrame>
  );
}
