import type { PanelName, PanelParams, PanelRequest } from "#lib/contracts/panels.ts";
import { DEFAULT_WIDTH_PX } from "#lib/domain/series/width.ts";

/** A panel of a page. `id` is only needed where a page shows the same panel twice. */
type PanelEntry = {
  [N in PanelName]: { panel: N; id?: string; widthPx?: number } & (PanelParams<N> extends Record<
    string,
    never
  >
    ? { params?: undefined }
    : { params: PanelParams<N> });
}[PanelName];

/** All panels of a page, asked for in one request. `page` tells it from other pages, as in `services/checkout`. */
export interface PageSpec {
  page: string;
  panels: PanelRequest[];
}

/** Describes a page; the source lamps of the top bar ride along. Used by the server and the browser alike. */
export function pageSpec(page: string, entries: readonly PanelEntry[]): PageSpec {
  const lamps = { panel: "sources.lamps" } as const;
  const wanted = (entry: PanelEntry): PanelRequest => ({
    id: entry.id ?? entry.panel,
    panel: entry.panel,
    params: entry.params ?? {},
    widthPx: entry.widthPx ?? DEFAULT_WIDTH_PX,
  });
  return { page, panels: [...entries, lamps].map(wanted) };
}
