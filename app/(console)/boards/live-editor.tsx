"use client";

import type { ComponentProps } from "react";
import { BoardEditor } from "#components/boards/editor/board-editor.tsx";
import { looksOf } from "./panel-looks.tsx";

type LiveEditorProps = Omit<ComponentProps<typeof BoardEditor>, "looks"> & { traceUrl: string | null };

/** The editor of a board, whose previews look as the board does. */
export function LiveEditor({ traceUrl, ...props }: LiveEditorProps) {
  return <BoardEditor {...props} looks={looksOf(traceUrl)} />;
}
