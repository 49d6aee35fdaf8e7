import type { Metadata } from "next";
import { boardSpec, chosenIn } from "#lib/client/boards-spec.ts";
import { entityNameOf } from "#lib/client/entity-path.ts";
import type { RangeParams } from "#lib/client/time-range.ts";
import { settings } from "#lib/server/env.ts";
import { MeasuredPage } from "../../measured-page.tsx";
import { LiveBoard } from "../live-board.tsx";
import { readBoard } from "../read-board.ts";

const CRUMBS = [{ label: "Boards", href: "/boards" }];
interface Props {
  params: Promise<{ board: string }>;
  searchParams: Promise<RangeParams & Partial<Record<"service" | "node", string | string[]>>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await readBoard(entityNameOf((await params).board))).name };
}

export default async function OneBoardPage({ params, searchParams }: Props) {
  const board = await readBoard(entityNameOf((await params).board));
  const { spec, panels } = boardSpec(board, chosenIn(await searchParams));
  return (
    <MeasuredPage title={board.name} crumbs={CRUMBS} spec={spec} searchParams={searchParams}>
      <LiveBoard board={board} panels={panels} traceUrl={settings().traceUrl} />
    </MeasuredPage>
  );
}
