import type { Metadata } from "next";
import { panelIn } from "#lib/client/brought-panel.ts";
import { boardPath } from "#lib/client/boards.queries.ts";
import { entityNameOf } from "#lib/client/entity-path.ts";
import { pageSpec } from "#lib/client/page-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { settings } from "#lib/server/env.ts";
import { MeasuredPage } from "../../../measured-page.tsx";
import { LiveEditor } from "../../live-editor.tsx";
import { readBoard } from "../../read-board.ts";

interface Props {
  params: Promise<{ board: string }>;
  searchParams: Promise<RangeParams & Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await readBoard(entityNameOf((await params).board))).name}` };
}

export default async function EditBoardPage({ params, searchParams }: Props) {
  const board = await readBoard(entityNameOf((await params).board));
  const crumbs = [
    { label: "Boards", href: "/boards" },
    { label: board.name, href: boardPath(board.id) },
  ];
  const spec = pageSpec(`boards/${board.id}/edit`, []);
  return (
    <MeasuredPage title="Edit" crumbs={crumbs} spec={spec} searchParams={searchParams}>
      <LiveEditor board={board} brought={panelIn(await searchParams)} traceUrl={settings().traceUrl} />
    </MeasuredPage>
  );
}
