import type { TimeRange } from "#lib/contracts/time-range.ts";
import { instantMs, MAX_RANGE_SECONDS, spanProblem } from "#lib/domain/series/range.ts";

const SECONDS_OF_UNIT = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 } as const;
type Unit = keyof typeof SECONDS_OF_UNIT;
const UNITS = Object.keys(SECONDS_OF_UNIT) as Unit[];

/** The relative ranges the picker offers, in seconds. */
export const RANGE_PRESETS_SECONDS = [
  900, 3_600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000,
];
export const DEFAULT_RANGE: TimeRange = { lastSeconds: 86_400 };

/** One value of a query string, as a page's `searchParams` and the browser's URL give it. */
type Param = string | string[] | null | undefined;
export interface RangeParams {
  range?: Param;
  from?: Param;
  to?: Param;
}

/**
 * Reads the range of a URL: `?range=24h` (s, m, h, d, w) or `?from=&to=` (ISO 8601). What cannot be
 * read or passes the limits falls back to the last 24 hours, with the reason in `rejected`.
 */
export function parseTimeRange(params: RangeParams): { range: TimeRange; rejected: string | null } {
  const [relative, from, to] = [params.range, params.from, params.to].map(first);
  if (from !== undefined || to !== undefined) {
    const range = fixedRange(from, to);
    if (range) return { range, rejected: null };
    return fallback(`from “${from ?? ""}” to “${to ?? ""}” is not a range of at most 92 days`);
  }
  if (relative === undefined) return { range: DEFAULT_RANGE, rejected: null };
  const lastSeconds = parseSpan(relative);
  if (lastSeconds !== null) return { range: { lastSeconds }, rejected: null };
  return fallback(`“${relative}” is not a span between 1 minute and 92 days, such as 24h`);
}

/** A fixed span between two instants in ISO 8601; null for one that the API would refuse. */
export function fixedRange(from: string | undefined, to: string | undefined): TimeRange | null {
  if (from === undefined || to === undefined) return null;
  const [fromMs, toMs] = [instantMs(from), instantMs(to)];
  return fromMs === null || toMs === null || spanProblem(fromMs, toMs) ? null : { from, to };
}

/** Seconds of a span such as `90m` or `7d`; null when it is none or lies outside 1 minute to 92 days. */
export function parseSpan(text: string): number | null {
  const match = /^(\d{1,7})([smhdw])$/.exec(text);
  if (!match) return null;
  const seconds = Number(match[1]) * SECONDS_OF_UNIT[match[2] as Unit];
  return seconds >= 60 && seconds <= MAX_RANGE_SECONDS ? seconds : null;
}

/** The shortest exact form of a span: 86400 is `1d`, 5400 is `90m`. */
export function formatSpan(seconds: number): string {
  const unit = UNITS.find((u) => seconds % SECONDS_OF_UNIT[u] === 0) ?? "s";
  return `${seconds / SECONDS_OF_UNIT[unit]}${unit}`;
}

/** The URL's parameters for a range; null removes one. The default range leaves the URL bare. */
export function rangeParams(range: TimeRange): Record<"range" | "from" | "to", string | null> {
  if ("from" in range) return { range: null, from: shortIso(range.from), to: shortIso(range.to) };
  const isDefault = rangesEqual(range, DEFAULT_RANGE);
  return { range: isDefault ? null : formatSpan(range.lastSeconds), from: null, to: null };
}

/** Start and end in ms since 1970; a relative range ends at `nowMs`. */
export function rangeBounds(range: TimeRange, nowMs: number): { fromMs: number; toMs: number } {
  if ("from" in range) return { fromMs: Date.parse(range.from), toMs: Date.parse(range.to) };
  return { fromMs: nowMs - range.lastSeconds * 1000, toMs: nowMs };
}

/** Whether two ranges name the same span. */
export function rangesEqual(a: TimeRange, b: TimeRange): boolean {
  if ("lastSeconds" in a) return "lastSeconds" in b && a.lastSeconds === b.lastSeconds;
  return "from" in b && Date.parse(a.from) === Date.parse(b.from) && Date.parse(a.to) === Date.parse(b.to);
}

function first(param: Param): string | undefined {
  return (Array.isArray(param) ? param[0] : param) ?? undefined;
}

function fallback(rejected: string) {
  return { range: DEFAULT_RANGE, rejected };
}

function shortIso(iso: string): string {
  return new Date(iso).toISOString().replace(".000Z", "Z");
}
