import { pageSpec, type PageSpec } from "#lib/client/page-spec.ts";

const VOLUME_WIDTH_PX = 1_120;

/** What the Logs page asks for: the lines of a query and how many there are. */
export function logsPage(query: string, limit: number): PageSpec {
  return pageSpec("logs", [
    { panel: "query.log-volume", params: { query }, widthPx: VOLUME_WIDTH_PX },
    { panel: "query.logs", params: { query, limit: String(limit) } },
  ]);
}
