import { LokiError } from "./loki-error.ts";
import { formatDuration, parseDurationNs } from "./units.ts";

const NS_PER_SECOND = 1_000_000_000n;
const HOUR_NS = 3_600n * NS_PER_SECOND;
const MAX_LENGTH_NS = (30n * 24n + 1n) * HOUR_NS;
const MAX_POINTS = 11_000;
const MAX_LIMIT = 5_000;
const DEFAULT_LIMIT = 100;

/** A span of time; for lines the end is exclusive. */
export interface Span {
  startNs: bigint;
  endNs: bigint;
}

/**
 * A time as Loki reads it: RFC 3339, seconds with a fraction, up to ten digits of seconds, or nanoseconds.
 * Throws LokiError 400.
 */
export function parseTimeNs(text: string): bigint {
  if (/^-?\d+\.\d+$/.test(text)) {
    const [whole = "0", fraction = ""] = text.split(".");
    const nanoseconds = BigInt(fraction.padEnd(9, "0").slice(0, 9));
    return BigInt(whole) * NS_PER_SECOND + (whole.startsWith("-") ? -nanoseconds : nanoseconds);
  }
  if (/^-?\d{1,19}$/.test(text)) return text.length <= 10 ? BigInt(text) * NS_PER_SECOND : BigInt(text);
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new LokiError(400, `strconv.ParseInt: parsing "${text}": invalid syntax`);
  return BigInt(ms) * 1_000_000n;
}

function timeOf(params: URLSearchParams, name: string, fallbackNs: bigint): bigint {
  const text = params.get(name);
  if (!text) return fallbackNs;
  try {
    return parseTimeNs(text);
  } catch (error) {
    throw new LokiError(400, `could not parse '${name}' parameter: ${(error as Error).message}`);
  }
}

/** `start` and `end`, or `since` before the end; by default the last `defaultHours`. */
export function parseSpan(params: URLSearchParams, nowNs: bigint, defaultHours: number): Span {
  const endNs = timeOf(params, "end", nowNs);
  const since = params.get("since");
  const sinceNs = since === null ? BigInt(defaultHours) * HOUR_NS : parseSince(since);
  return { startNs: timeOf(params, "start", endNs - sinceNs), endNs };
}

function parseSince(text: string): bigint {
  const ns = parseDurationNs(text);
  if (ns !== null) return BigInt(ns);
  const [, unit = ""] = /^\d+(\D+)/.exec(text) ?? [];
  throw new LokiError(
    400,
    `could not parse 'since' parameter: unknown unit ${JSON.stringify(unit.replace(/\d.*$/, ""))} in duration ${JSON.stringify(text)}`,
  );
}

/** Refuses a range that is backwards, empty or longer than Loki's default limit. */
export function checkQuerySpan({ startNs, endNs }: Span): void {
  if (endNs <= startNs) throw new LokiError(400, "end timestamp must not be before or equal to start time");
  const lengthNs = endNs - startNs;
  if (lengthNs > MAX_LENGTH_NS) {
    const length = formatDuration(lengthNs);
    throw new LokiError(
      400,
      `the query time range exceeds the limit (query length: ${length}, limit: 30d1h)`,
    );
  }
}

export function parseLimit(params: URLSearchParams): number {
  const text = params.get("limit");
  if (!text) return DEFAULT_LIMIT;
  if (!/^[-+]?\d+$/.test(text)) throw new LokiError(400, `strconv.Atoi: parsing "${text}": invalid syntax`);
  const limit = Number(text);
  if (limit <= 0) throw new LokiError(400, "limit must be a positive value");
  if (limit > MAX_LIMIT) {
    const limits = `limit > max_entries_limit_per_query (${limit} > ${MAX_LIMIT})`;
    throw new LokiError(400, `max entries limit per query exceeded, ${limits}`);
  }
  return limit;
}

export type Direction = "forward" | "backward";

export function parseDirection(params: URLSearchParams): Direction {
  const text = params.get("direction") || "backward";
  const direction = text.toLowerCase();
  if (direction !== "forward" && direction !== "backward") {
    throw new LokiError(400, `invalid direction '${text}'`);
  }
  return direction;
}

/** The resolution in ns: `step` as seconds or a duration, by default a 250th of the span. */
export function parseStepNs(params: URLSearchParams, { startNs, endNs }: Span): bigint {
  const stepNs = readStepNs(params.get("step"), Number((endNs - startNs) / NS_PER_SECOND));
  if (stepNs <= 0n) {
    const hint = "Try a positive integer";
    throw new LokiError(400, `zero or negative query resolution step widths are not accepted. ${hint}`);
  }
  if ((endNs - startNs) / stepNs > BigInt(MAX_POINTS)) {
    const hint = "Try increasing the value of the step parameter";
    throw new LokiError(400, `exceeded maximum resolution of 11,000 points per time series. ${hint}`);
  }
  return stepNs;
}

function readStepNs(text: string | null, spanSeconds: number): bigint {
  if (!text) return BigInt(Math.max(1, Math.floor(spanSeconds / 250))) * NS_PER_SECOND;
  const ns = /^[-+]?[\d.]+$/.test(text) ? Number(text) * 1e9 : parseDurationNs(text);
  if (ns === null || Number.isNaN(ns)) throw new LokiError(400, `cannot parse "${text}" to a valid duration`);
  return BigInt(Math.round(ns));
}
