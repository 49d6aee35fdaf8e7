"use client";

import type { ReactNode } from "react";
import type { PageSpec } from "#lib/client/page-spec.ts";
import type { PanelLines } from "#lib/client/panel-lines.ts";
import { PagePanels } from "./page-panels.tsx";
import { RefreshControl } from "./refresh-control.tsx";
import { SourceLamps } from "./source-lamps.tsx";
import { RangeNotice, TimeRangePicker } from "./time-range-picker.tsx";
import { TopBar, type Crumb } from "./top-bar.tsx";

interface PageProps {
  title: string;
  crumbs?: readonly Crumb[];
  /** All panels of the page; see `pageSpec`. */
  spec: PageSpec;
  /** Lines the server computed for the first paint. */
  initial?: PanelLines;
  children: ReactNode;
}

/**
 * A page of measured panels: top bar, one request per tick, and a grid of `PanelFrame`s.
 * Children call `usePanel(name)` for their data.
 */
export function Page({ title, crumbs, spec, initial, children }: PageProps) {
  return (
    <PagePanels spec={spec} initial={initial}>
      <TopBar title={title} crumbs={crumbs}>
        <SourceLamps />
        <TimeRangePicker />
        <RefreshControl />
      </TopBar>
      <main
        id="main"
        tabIndex={-1}
        className="grid content-start gap-4 px-6 pt-5 pb-10 outline-none max-sm:px-3.5"
      >
        <RangeNotice />
        {children}
      </main>
    </PagePanels>
  );
}
