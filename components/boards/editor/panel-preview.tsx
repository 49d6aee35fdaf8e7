"use client";

import { useMemo } from "react";
import { panelsSpec, shownPanel } from "#lib/client/boards-spec.ts";
import type { BoardPanel as Panel } from "#lib/contracts/boards.ts";
import type { VariableValues } from "#lib/domain/boards/variables.ts";
import { PagePanels } from "#components/shell/page-panels.tsx";
import { BoardPanel } from "../board-panel.tsx";
import type { PanelLooks } from "../panel-looks.ts";

interface PanelPreviewProps {
  /** Tells it from the other previews of the page. */
  id: string;
  panel: Panel;
  values: VariableValues;
  looks: PanelLooks;
}

/** What a panel answers as it is written; loaded when it is wanted, for the grammars are large. */
export function PanelPreview({ id, panel, values: { service, node }, looks }: PanelPreviewProps) {
  const shown = useMemo(
    () => shownPanel({ ...panel, width: "half" }, id, { service, node }),
    [panel, id, service, node],
  );
  const spec = useMemo(() => panelsSpec(`boards/preview/${id}`, [shown]), [shown, id]);
  return (
    <PagePanels spec={spec}>
      <BoardPanel panel={shown} looks={looks} />
    </PagePanels>
  );
}
