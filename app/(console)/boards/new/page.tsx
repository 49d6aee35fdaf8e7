import type { Metadata } from "next";
import { panelIn } from "#lib/client/brought-panel.ts";
import { pageSpec } from "#lib/client/page-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { settings } from "#lib/server/env.ts";
import { MeasuredPage } from "../../measured-page.tsx";
import { LiveEditor } from "../live-editor.tsx";

const TITLE = "New board";
const SPEC = pageSpec("boards/new", []);
const CRUMBS = [{ label: "Boards", href: "/boards" }];
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams & Record<string, string | string[] | undefined>>;
}

export default async function NewBoardPage({ searchParams }: Props) {
  return (
    <MeasuredPage title={TITLE} crumbs={CRUMBS} spec={SPEC} searchParams={searchParams}>
      <LiveEditor board={null} brought={panelIn(await searchParams)} traceUrl={settings().traceUrl} />
    </MeasuredPage>
  );
}
