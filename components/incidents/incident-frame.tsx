"use client";

import type { ReactNode } from "react";
import type { PanelLines } from "#lib/client/panel-lines.ts";
import { PagePanels } from "#components/shell/page-panels.tsx";
import { SourceLamps } from "#components/shell/source-lamps.tsx";
import { TopBar, type Crumb } from "#components/shell/top-bar.tsx";
import { INCIDENT_PAGE } from "./incident-spec.ts";

interface IncidentFrameProps {
  title: string;
  crumbs?: readonly Crumb[];
  /** The source lamps as the server read them for the first paint. */
  lamps?: PanelLines;
  children: ReactNode;
}

/** A page of incidents: what is new comes by the stream, so that there is nothing to refresh by hand. */
export function IncidentFrame({ title, crumbs, lamps, children }: IncidentFrameProps) {
  return (
    <PagePanels spec={INCIDENT_PAGE} initial={lamps}>
      <TopBar title={title} crumbs={crumbs}>
        <SourceLamps />
      </TopBar>
      <main
        id="main"
        tabIndex={-1}
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4 px-6 pt-5 pb-10 outline-none max-sm:px-3.5"
      >
        {children}
      </main>
    </PagePanels>
  );
}
