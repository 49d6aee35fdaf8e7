import "server-only";
import type { SourceSettings } from "#lib/server/env.ts";
import { LATE_MS, REREAD_MS } from "../extent.ts";
import type { UpstreamAnswer } from "../http.ts";
import { jsonOf } from "../http.ts";
import { lokiFailure } from "../loki/failure.ts";
import { prometheusFailure } from "../prometheus/failure.ts";
import { Envelope } from "../prometheus/schema.ts";
import { pointsStandAlone } from "../promql-syntax.ts";
import { REFUSED_MS } from "../read-through.ts";
import type { ForeignKind, Target } from "./endpoint.ts";
import { stepSeconds, timeSeconds } from "./times.ts";

interface Rules {
  path: string;
  /** For so long after its time a point may still change. Loki takes lines that are an hour behind the newest. */
  lateMs: number;
  /** False where a query may ask for what lies behind the end of its range. */
  looksBack: (query: string) => boolean;
  /** Whether an answer is the source's own, whole and without a word of warning. */
  isClean: (body: Buffer) => boolean;
}

const RULES: Readonly<Record<ForeignKind, Rules>> = {
  prometheus: {
    path: "/api/v1/query_range",
    lateMs: LATE_MS,
    looksBack: pointsStandAlone,
    // Warnings and infos stand behind the data; other implementations put theirs before it.
    isClean: (body) =>
      startsWith(body, '{"status":"success","data":{"resultType":"matrix","result":[') &&
      endsWith(body, "]}}"),
  },
  loki: {
    path: "/loki/api/v1/query_range",
    lateMs: 3_600_000,
    looksBack: (query) => !/\boffset\b/i.test(query),
    // Warnings stand before the data, statistics at its end.
    isClean: (body) => startsWith(body, '{"status":"success","data":{"resultType":"matrix",'),
  },
};

interface Asked {
  source: SourceSettings;
  target: Target;
  params: URLSearchParams;
  askedAtMs: number;
}

/**
 * For how many milliseconds an answer stands for equal questions; 0 for none. A clean range on multiples of its step
 * that no late sample changes any more: as long as a page's extent before it is read anew. What the source refused: a
 * few seconds. Nothing else.
 */
export function keepMs(asked: Asked, answer: UpstreamAnswer): number {
  if (answer.status !== 200) return isRefusal(asked, answer) ? REFUSED_MS : 0;
  return isSettledRange(asked) && RULES[asked.target.kind].isClean(answer.body) ? REREAD_MS : 0;
}

function isSettledRange({ target: { kind, upstreamPath }, params, askedAtMs }: Asked): boolean {
  const { path, lateMs, looksBack } = RULES[kind];
  // The statistics of an evaluation are of that one.
  if (upstreamPath !== path || params.has("stats")) return false;
  const [start, end] = [timeSeconds(params.get("start"), kind), timeSeconds(params.get("end"), kind)];
  const step = stepSeconds(params.get("step"));
  const onGrid = step > 0 && start % step === 0 && end % step === 0;
  return onGrid && end * 1000 <= askedAtMs - lateMs && looksBack(params.get("query") ?? "");
}

function isRefusal({ source, target: { kind } }: Asked, answer: UpstreamAnswer): boolean {
  if (kind === "loki") return lokiFailure(source, answer).fault === "refused";
  const envelope = Envelope.safeParse(jsonOf(answer));
  if (!envelope.success || envelope.data.status !== "error") return false;
  return prometheusFailure(envelope.data.errorType, envelope.data.error).fault === "refused";
}

function startsWith(body: Buffer, words: string): boolean {
  return body.toString("latin1", 0, words.length) === words;
}

function endsWith(body: Buffer, words: string): boolean {
  return body.toString("latin1", Math.max(0, body.length - words.length)) === words;
}
