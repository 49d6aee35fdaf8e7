"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, type ReactNode } from "react";
import type { PanelLines } from "#lib/client/panel-lines.ts";
import { SLOS_KEY } from "#lib/client/slos.queries.ts";
import { PagePanels, useTick } from "#components/shell/page-panels.tsx";
import { RefreshControl } from "#components/shell/refresh-control.tsx";
import { SourceLamps } from "#components/shell/source-lamps.tsx";
import { TopBar, type Crumb } from "#components/shell/top-bar.tsx";
import { SLO_PAGE } from "./slo-spec.ts";

interface SloFrameProps {
  title: string;
  crumbs?: readonly Crumb[];
  /** The source lamps as the server read them for the first paint. */
  lamps?: PanelLines;
  children: ReactNode;
}

/** A page of SLOs: the top bar of every measured page, whose tick asks for the budgets again. */
export function SloFrame({ title, crumbs, lamps, children }: SloFrameProps) {
  return (
    <PagePanels spec={SLO_PAGE} initial={lamps}>
      <TopBar title={title} crumbs={crumbs}>
        <SourceLamps />
        <RefreshControl />
      </TopBar>
      <main
        id="main"
        tabIndex={-1}
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4 px-6 pt-5 pb-10 outline-none max-sm:px-3.5"
      >
        <SloTicks />
        {children}
      </main>
    </PagePanels>
  );
}

/** Has every tick of the page ask for the SLOs again; the data that is there stays until the new one comes. */
function SloTicks() {
  const client = useQueryClient();
  const endedAtMs = useTick()?.endedAtMs;
  const seenMs = useRef(endedAtMs);
  useEffect(() => {
    if (seenMs.current === endedAtMs) return;
    const first = seenMs.current === 0;
    seenMs.current = endedAtMs;
    if (!first) void client.invalidateQueries({ queryKey: [SLOS_KEY] });
  }, [client, endedAtMs]);
  return null;
}
