import { queryOptions } from "@tanstack/react-query";
import type { LogLines } from "#lib/contracts/logs.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { askSource, parsed } from "./ask-source.ts";
import type { Cost, Figures } from "./explore-answer.ts";
import { type ExploreView, type Language, stepFor } from "./explore-view.ts";
import { ProblemError, unknownShape } from "./fetch-json.ts";
import { fetchLines } from "./logs.queries.ts";
import { rangeBounds } from "./time-range.ts";

/** More series nobody reads; Prometheus says so when it leaves some out. */
const MAX_SERIES = 2_000;
const MAX_LINES = 1_000;
const NS_PER_MS = 1_000_000n;

/** What is asked: a query, over which range, at which step. */
export interface Asked extends Pick<ExploreView, "lang" | "q" | "span" | "step"> {
  range: TimeRange;
}

/** When it was asked, and of when it is; of an instant the end counts. */
export interface AnsweredSpan {
  askedAtMs: number;
  fromMs: number;
  toMs: number;
  stepSeconds: number;
}

/** An answer as it is shown: figures or log lines, what they cost, and the text they came in. */
export type ExploreAnswer = {
  span: AnsweredSpan;
  warnings: string[];
  cost: Cost;
  raw: string;
} & ({ figures: Figures; lines: null } | { figures: null; lines: LogLines });

const PATHS: Record<Language, { range: string; instant: string }> = {
  promql: { range: "/api/prometheus/api/v1/query_range", instant: "/api/prometheus/api/v1/query" },
  logql: { range: "/api/loki/loki/api/v1/query_range", instant: "/api/loki/loki/api/v1/query" },
};

/** Asks a source once: it is asked anew when somebody runs the query again. */
export function exploreAnswer(asked: Asked) {
  return queryOptions({
    queryKey: ["explore", asked],
    enabled: asked.q.trim() !== "",
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async ({ signal }): Promise<ExploreAnswer> => {
      const span = spanOf(asked, Date.now());
      if (await asksForLines(asked)) return askLines(asked, span, signal);
      return askFigures(asked, asked.span === "range" ? onGrid(span) : span, signal);
    },
  });
}

function spanOf({ range, step }: Asked, nowMs: number): AnsweredSpan {
  const { fromMs, toMs } = rangeBounds(range, nowMs);
  return { askedAtMs: nowMs, fromMs, toMs, stepSeconds: step ?? stepFor((toMs - fromMs) / 1000) };
}

/** The span whose points lie on multiples of its step, so that they stay where they are when it is asked again. */
function onGrid({ fromMs, toMs, ...span }: AnsweredSpan): AnsweredSpan {
  const stepMs = span.stepSeconds * 1000;
  const snapped = (ms: number) => Math.floor(ms / stepMs) * stepMs;
  return { ...span, fromMs: snapped(fromMs), toMs: snapped(toMs) };
}

/** The grammar is large, and only needed once somebody asks for logs. */
async function asksForLines({ lang, q }: Asked): Promise<boolean> {
  if (lang !== "logql") return false;
  const { readLogQuery } = await import("#lib/domain/logql/read-query.ts");
  return readLogQuery(q) !== null;
}

async function askLines({ q }: Asked, span: AnsweredSpan, signal: AbortSignal): Promise<ExploreAnswer> {
  const startedMs = performance.now();
  const wanted = { startNs: nanoseconds(span.fromMs), endNs: nanoseconds(span.toMs) + 1n, limit: MAX_LINES };
  const lines = await fetchLines({ query: q, ...wanted }, signal);
  const raw = JSON.stringify(lines);
  const cost = { ...UNKNOWN_COST, elapsedMs: performance.now() - startedMs, bytes: raw.length };
  return { span, warnings: [], cost, raw, figures: null, lines };
}

const UNKNOWN_COST = { sourceSeconds: null, samples: null, peakSamples: null, lines: null, logBytes: null };

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms)) * NS_PER_MS;
}

async function askFigures(asked: Asked, span: AnsweredSpan, signal: AbortSignal): Promise<ExploreAnswer> {
  const startedMs = performance.now();
  const [{ costOf, figuresOf, SourceAnswer }, raw] = await Promise.all([
    import("./explore-answer.ts"),
    askSource(PATHS[asked.lang][asked.span], paramsOf(asked, span), signal),
  ]);
  const measured = { elapsedMs: performance.now() - startedMs, bytes: new Blob([raw]).size };
  const answer = SourceAnswer.safeParse(parsed(raw));
  if (!answer.success) throw new ProblemError(unknownShape(answer.error));
  const { warnings, infos } = answer.data;
  return {
    span,
    warnings: [...warnings, ...infos],
    cost: costOf(answer.data, measured),
    raw,
    figures: figuresOf(answer.data),
    lines: null,
  };
}

/** Loki takes nanoseconds alone for what Prometheus takes as seconds with a fraction, too. */
function paramsOf({ lang, q, span }: Asked, { fromMs, toMs, stepSeconds }: AnsweredSpan): URLSearchParams {
  const time = (ms: number) => (lang === "logql" ? String(nanoseconds(ms)) : String(ms / 1000));
  const when: Record<string, string> =
    span === "instant"
      ? { time: time(toMs) }
      : { start: time(fromMs), end: time(toMs), step: String(stepSeconds) };
  const more: Record<string, string> = lang === "promql" ? { stats: "all", limit: String(MAX_SERIES) } : {};
  return new URLSearchParams({ query: q, ...when, ...more });
}
