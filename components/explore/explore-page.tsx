"use client";

import type { PanelLines } from "#lib/client/panel-lines.ts";
import { PagePanels } from "#components/shell/page-panels.tsx";
import { SourceLamps } from "#components/shell/source-lamps.tsx";
import { RangeNotice, TimeRangePicker } from "#components/shell/time-range-picker.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { AnswerCard } from "./answer-card.tsx";
import { EXPLORE_PAGE } from "./explore-spec.ts";
import { QueryCard } from "./query-card.tsx";
import type { RenderLines } from "./render-lines.ts";
import { useExplore } from "./use-explore.ts";

interface ExplorePageProps {
  /** The source lamps as the server read them for the first paint. */
  lamps: PanelLines;
  traceUrl: string | null;
  renderLines: RenderLines;
}

/** Any query over any time: asked when it is run, and not again by itself. */
export function ExplorePage({ lamps, traceUrl, renderLines }: ExplorePageProps) {
  const explore = useExplore();
  return (
    <PagePanels spec={EXPLORE_PAGE} initial={lamps}>
      <TopBar title="Explore">
        <SourceLamps />
        <TimeRangePicker />
      </TopBar>
      <main
        id="main"
        tabIndex={-1}
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4 px-6 pt-5 pb-10 outline-none max-sm:px-3.5"
      >
        <RangeNotice />
        <QueryCard explore={explore} />
        <AnswerCard explore={explore} traceUrl={traceUrl} renderLines={renderLines} />
      </main>
    </PagePanels>
  );
}
