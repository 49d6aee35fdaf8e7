import { formatLabels, sortLabels, compareLabels, type Labels } from "./labels.ts";
import type { LogStore } from "./log-store.ts";
import type { LogExpression } from "./logql/metric-expression.ts";
import type { Direction, Span } from "./parameters.ts";
import { scan, type Hit, type Patience } from "./scan.ts";

export interface LogRequest {
  expression: LogExpression;
  span: Span;
  limit: number;
  direction: Direction;
  /** The client asked for `categorize-labels`. */
  categorize: boolean;
}

type Value = [string, string] | [string, string, Record<string, Record<string, string>>];
interface StreamAnswer {
  stream: Record<string, string>;
  values: Value[];
}

/** The `data` of a log query: the lines nearest to where the direction starts, by stream. */
export async function answerLogs(store: LogStore, request: LogRequest, patience: Patience): Promise<object> {
  const hits: Hit[] = [];
  for await (const hit of scan(store, request.expression, request.span, patience)) hits.push(hit);
  sortHits(hits, request.direction);
  const result = groupByStream(hits.slice(0, request.limit), request.categorize);
  return {
    resultType: "streams",
    ...(request.categorize && { encodingFlags: ["categorize-labels"] }),
    result,
  };
}

/** By time; at one nanosecond in the order of the streams, and within one in that of arrival or its reverse. */
function sortHits(hits: Hit[], direction: Direction): void {
  const sign = direction === "forward" ? 1 : -1;
  const ranks = new Map(hits.map((hit, rank) => [hit, rank]));
  hits.sort((a, b) => {
    if (a.timestampNs !== b.timestampNs) return a.timestampNs < b.timestampNs ? -sign : sign;
    const arrival = (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0);
    return a.streamLabels === b.streamLabels ? sign * arrival : arrival;
  });
}

/** Lines under their streams, these in the order of their labels. Uncategorised, every label makes a stream. */
export function groupByStream(hits: readonly Hit[], categorize: boolean): StreamAnswer[] {
  const groups = new Map<string, { labels: Labels; hits: Hit[] }>();
  for (const hit of hits) {
    const labels = categorize ? hit.streamLabels : allLabels(hit);
    const key = formatLabels(labels);
    const group = groups.get(key) ?? { labels, hits: [] };
    group.hits.push(hit);
    groups.set(key, group);
  }
  return [...groups.values()]
    .sort((a, b) => compareLabels(a.labels, b.labels))
    .map((group) => ({
      stream: Object.fromEntries(group.labels),
      values: group.hits.map((hit) => valueOf(hit, categorize)),
    }));
}

/** Stream labels, metadata and parsed fields as one set, which is a series' identity. */
export function allLabels({ streamLabels, metadata, parsed }: Hit): Labels {
  return sortLabels(new Map([...streamLabels, ...metadata, ...parsed]));
}

function valueOf({ timestampNs, line, metadata, parsed }: Hit, categorize: boolean): Value {
  if (!categorize) return [String(timestampNs), line];
  return [
    String(timestampNs),
    line,
    {
      ...(metadata.size > 0 && { structuredMetadata: Object.fromEntries(metadata) }),
      ...(parsed.size > 0 && { parsed: Object.fromEntries(sortLabels(parsed)) }),
    },
  ];
}
