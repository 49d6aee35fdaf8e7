import "server-only";
import { MAX_RANGE_SECONDS } from "#lib/domain/series/range.ts";

/** What one query may ask of a source. */
export interface QueryLimits {
  maxRangeSeconds: number;
  /** Per series; Prometheus itself refuses more than 11,000. */
  maxPoints: number;
  maxSeries: number;
  /** Points of all series together, the measure of what an answer costs in memory. */
  maxValues: number;
  maxBodyBytes: number;
  maxExprLength: number;
  /** The source is told to give up after this long; it has two seconds more to say so. */
  timeoutMs: number;
}

export const QUERY_LIMITS: QueryLimits = {
  maxRangeSeconds: MAX_RANGE_SECONDS,
  maxPoints: 11_000,
  maxSeries: 5_000,
  maxValues: 2_000_000,
  maxBodyBytes: 32 * 1024 * 1024,
  maxExprLength: 32 * 1024,
  timeoutMs: 15_000,
};

/** What a scrape interval is taken to be where nothing says otherwise. */
export const SCRAPE_INTERVAL_SECONDS = 15;
