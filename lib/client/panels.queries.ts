import { hashKey, queryOptions, type QueryClient } from "@tanstack/react-query";
import type { PanelLine } from "#lib/contracts/panels.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { fetchOk } from "./fetch-json.ts";
import { readNdjson } from "./ndjson.ts";
import type { PageSpec } from "./page-spec.ts";
import { mergeLine, missingLines, panelsWanted, supersede, type PanelLines } from "./panel-lines.ts";

const loadParser = () => import("./parse-line.ts");

/** Fetches what answers are parsed by ahead of the first one, which then costs one request. */
export function preparePanels(): void {
  // Whoever needs it asks again, and hears why it is not there.
  loadParser().catch(() => undefined);
}

/**
 * All panels of a page in one request. The cache is updated while the answer streams in: once for all lines that
 * arrive together, so that the page is drawn once for them.
 */
export function pagePanels(spec: PageSpec, range: TimeRange) {
  const queryKey = ["panels", spec.page, { range, panels: spec.panels }] as const;
  return queryOptions({
    queryKey,
    queryHash: hashKey(queryKey),
    retry: false,
    staleTime: 10_000,
    // Lines share what is as before among themselves; see mergeLine.
    structuralSharing: false,
    queryFn: async ({ client, signal }): Promise<PanelLines> => {
      const held = client.getQueryData<PanelLines>(queryKey) ?? {};
      const body = JSON.stringify({ range, panels: panelsWanted(spec, held) });
      const headers = { "content-type": "application/json" };
      const [{ parseLine }, response] = await Promise.all([
        loadParser(),
        fetchOk("/api/v1/panels", { method: "POST", body, headers, signal }),
      ]);
      const arrived = new Set<string>();
      const keep = (lines: readonly PanelLine[]) => {
        const before =
          client.getQueryData<PanelLines>(queryKey) ?? linesOfOtherRange(client, spec.page) ?? {};
        const receivedAt = new Date().toISOString();
        const merged = lines.reduce((kept, line) => mergeLine(kept, line, receivedAt), before);
        client.setQueryData(queryKey, merged);
        return merged;
      };
      for await (const told of response.body ? readNdjson(response.body) : []) {
        signal.throwIfAborted();
        const lines = told.map((raw) => parseLine(spec, raw, held));
        for (const { id } of lines) arrived.add(id);
        keep(lines);
      }
      return keep(missingLines(spec, arrived));
    },
  });
}

/** The newest lines of a page under any range, marked as belonging to another one. */
export function linesOfOtherRange(client: QueryClient, page: string): PanelLines | undefined {
  const queries = client.getQueryCache().findAll({ queryKey: ["panels", page] });
  const newest = queries
    .filter((query) => query.state.data !== undefined)
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)[0];
  return newest && supersede(newest.state.data as PanelLines);
}
