"use client";

import {
  dehydrate,
  HydrationBoundary,
  QueryClient,
  useQuery,
  useQueryClient,
  type DehydratedState,
} from "@tanstack/react-query";
import { createContext, use, useEffect, useMemo, type ReactNode } from "react";
import type { PageSpec } from "#lib/client/page-spec.ts";
import { panelView, type PanelLines, type PanelView } from "#lib/client/panel-lines.ts";
import { linesOfOtherRange, pagePanels, preparePanels } from "#lib/client/panels.queries.ts";
import type { PanelData, PanelName } from "#lib/contracts/panels.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { usePreferences } from "./preferences.tsx";
import { useTimeRange } from "./use-time-range.ts";

interface Tick {
  /** When the last tick ended, in ms since 1970. */
  endedAtMs: number;
  running: boolean;
  /** Milliseconds between ticks, or why there are none. */
  everyMs: number | "off" | "fixed range";
  refresh: () => void;
}

/** What the panels of a page share: read once for all of them, since the address and a query's name are slow to read. */
interface PageContent {
  spec: PageSpec;
  lines: ReturnType<typeof pagePanels>;
  setRange: (range: TimeRange) => void;
}

const PageContext = createContext<PageContent | null>(null);
const TickContext = createContext<Tick | null>(null);

/**
 * Feeds all panels of a page from one request per tick. `initial` are lines computed on the server:
 * the first paint shows them and nothing is fetched until the next tick, unless some are missing.
 */
export function PagePanels({ spec, initial, children }: PagePanelsProps) {
  const { range, setRange } = useTimeRange();
  const lines = useMemo(() => pagePanels(spec, range), [spec, range]);
  const state = useMemo(() => initial && initialState(spec, range, initial), [spec, range, initial]);
  return (
    <HydrationBoundary state={state}>
      <PageContext value={{ spec, lines, setRange }}>
        <Ticking lines={lines} fixed={"from" in range}>
          {children}
        </Ticking>
      </PageContext>
    </HydrationBoundary>
  );
}
interface PagePanelsProps {
  spec: PageSpec;
  initial?: PanelLines;
  children: ReactNode;
}

interface TickingProps extends Pick<PageContent, "lines"> {
  /** The range has an end: nothing new comes. */
  fixed: boolean;
  children: ReactNode;
}

function Ticking({ lines, fixed, children }: TickingProps) {
  const { refreshSeconds } = usePreferences().preferences;
  const live = !fixed && refreshSeconds > 0;
  useEffect(preparePanels, []);
  const query = useQuery({
    ...lines,
    refetchInterval: live && refreshSeconds * 1000,
    refetchOnWindowFocus: live,
    refetchOnReconnect: live,
  });
  const tick: Tick = {
    endedAtMs: Math.max(query.dataUpdatedAt, query.errorUpdatedAt),
    running: query.isFetching,
    everyMs: fixed ? "fixed range" : live ? refreshSeconds * 1000 : "off",
    refresh: () => void query.refetch(),
  };
  return <TickContext value={tick}>{children}</TickContext>;
}

/** The page's refresh tick; null outside a page with panels. */
export function useTick(): Tick | null {
  return use(TickContext);
}

/** Narrows or widens the range of the page around a panel. */
export function useSetRange(): PageContent["setRange"] {
  return usePage().setRange;
}

function usePage(): PageContent {
  const page = use(PageContext);
  if (!page) throw new Error("a panel needs a Page above it");
  return page;
}

/** The current view of one panel. `id` is only needed where the page shows the same panel twice. */
export function usePanel<N extends PanelName>(name: N, id: string = name): PanelView<PanelData<N>> {
  const { spec, lines } = usePage();
  const client = useQueryClient();
  const { data: line, error } = useQuery({
    ...lines,
    enabled: false,
    placeholderData: () => linesOfOtherRange(client, spec.page),
    select: (all: PanelLines) => all[id],
  });
  return panelView<PanelData<N>>(line, error);
}

/** The server's lines as query state. Incomplete ones count as old, so that the rest is fetched at once. */
function initialState(spec: PageSpec, range: TimeRange, lines: PanelLines): DehydratedState {
  const client = new QueryClient();
  const complete = spec.panels.every(({ id }) => lines[id]);
  const newest = Math.max(...Object.values(lines).map((line) => Date.parse(line.receivedAt)));
  client.setQueryData(pagePanels(spec, range).queryKey, lines, { updatedAt: complete ? newest : 1 });
  return dehydrate(client);
}
