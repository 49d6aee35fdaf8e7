import type { Metadata } from "next";
import { AlertTabs } from "#components/alerts/alert-frame.tsx";
import { NoRunbook } from "#components/runbooks/page/no-runbook.tsx";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { runbookSpec } from "#lib/client/runbook-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { settings } from "#lib/server/env.ts";
import { MeasuredPage } from "../../../measured-page.tsx";
import { readRunbook } from "../read-runbook.ts";
import { LiveRunbook } from "./live-runbook.tsx";

const CRUMBS = [
  { label: "Alerts", href: "/alerts" },
  { label: "Runbooks", href: "/alerts/runbooks" },
];
interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<RangeParams & Partial<Record<"service" | "node", string | string[]>>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = entityNameOf((await params).name);
  return { title: (await readRunbook(name))?.title ?? name };
}

const one = (value: string | string[] | undefined) =>
  typeof value === "string" && value !== "" ? value : null;

export default async function RunbookPage({ params, searchParams }: Props) {
  const name = entityNameOf((await params).name);
  const { service, node } = await searchParams;
  const runbook = await readRunbook(name);
  const text = runbook ?? { name, markdown: "" };
  const { spec, blocks } = runbookSpec(text, { service: one(service), node: one(node) });
  return (
    <MeasuredPage title={runbook?.title ?? name} crumbs={CRUMBS} spec={spec} searchParams={searchParams}>
      <AlertTabs />
      {runbook ? (
        <LiveRunbook runbook={runbook} blocks={blocks} traceUrl={settings().traceUrl} />
      ) : (
        <NoRunbook name={name} />
      )}
    </MeasuredPage>
  );
}
