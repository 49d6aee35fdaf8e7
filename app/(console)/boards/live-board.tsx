"use client";

import type { ComponentProps } from "react";
import { BoardPage } from "#components/boards/board-page.tsx";
import { looksOf } from "./panel-looks.tsx";

type LiveBoardProps = Omit<ComponentProps<typeof BoardPage>, "looks"> & { traceUrl: string | null };

/** A board whose log lines look as everywhere. */
export function LiveBoard({ traceUrl, ...props }: LiveBoardProps) {
  return <BoardPage {...props} looks={looksOf(traceUrl)} />;
}
