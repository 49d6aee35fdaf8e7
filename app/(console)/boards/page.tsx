import type { Metadata } from "next";
import { BoardList } from "#components/boards/board-list.tsx";
import { pageSpec } from "#lib/client/page-spec.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { listBoards } from "#lib/server/services/boards/read.ts";
import { MeasuredPage } from "../measured-page.tsx";
import { pageActor } from "../page-actor.ts";

const TITLE = "Boards";
const SPEC = pageSpec("boards", []);
export const metadata: Metadata = { title: TITLE };
interface Props {
  searchParams: Promise<RangeParams & { q?: string | string[] }>;
}

export default async function BoardsPage({ searchParams }: Props) {
  const { q } = await searchParams;
  const wanted = typeof q === "string" ? q.trim() : "";
  const actor = await pageActor();
  // What cannot be read now the browser asks for itself, and says why.
  const list = await listBoards(actor, { q: wanted }).catch(() => undefined);
  return (
    <MeasuredPage title={TITLE} spec={SPEC} searchParams={searchParams}>
      <BoardList initial={{ q: wanted, list }} />
    </MeasuredPage>
  );
}
