import { queryOptions } from "@tanstack/react-query";
import type { PanelData, PanelName, QueryText } from "#lib/contracts/panels.ts";
import { DEFAULT_WIDTH_PX } from "#lib/domain/series/width.ts";
import { fetchOk, localProblem, ProblemError } from "./fetch-json.ts";
import { readNdjson } from "./ndjson.ts";
import type { PageSpec } from "./page-spec.ts";

/** Which panel, of what, over which span. */
export interface SnapshotWanted<N extends PanelName> {
  panel: N;
  params: Record<string, string>;
  fromMs: number;
  toMs: number;
}

interface Snapshot<T> {
  data: T;
  queries: QueryText[];
}

async function readPanel<N extends PanelName>(
  { panel, params, fromMs, toMs }: SnapshotWanted<N>,
  signal: AbortSignal,
): Promise<Snapshot<PanelData<N>>> {
  const wanted = { id: panel, panel, params, widthPx: DEFAULT_WIDTH_PX };
  const spec: PageSpec = { page: "snapshot", panels: [wanted] };
  const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const [{ parseLine }, response] = await Promise.all([
    import("./parse-line.ts"),
    fetchOk("/api/v1/panels", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ range, panels: spec.panels }),
      signal,
    }),
  ]);
  for await (const [raw] of response.body ? readNdjson(response.body) : []) {
    const line = parseLine(spec, raw);
    if (!line.ok) throw new ProblemError(line.problem);
    return { data: line.answer.data as PanelData<N>, queries: line.queries };
  }
  throw new ProblemError(
    localProblem("unavailable", "The answer broke off", "No line for this panel arrived."),
  );
}

/** A panel as it was over a span that lies behind: it is asked for once, and changes no more. */
export function snapshotQuery<N extends PanelName>(wanted: SnapshotWanted<N>) {
  return queryOptions({
    queryKey: ["snapshot", wanted],
    staleTime: Infinity,
    retry: false,
    queryFn: ({ signal }) => readPanel(wanted, signal),
  });
}
