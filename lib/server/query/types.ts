import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import type { Actor } from "#lib/server/auth/actor.ts";

export type Labels = Record<string, string>;

/** A sample of an instant answer; NaN and ±Inf arrive as null, for they are gaps. */
export interface InstantSample {
  labels: Labels;
  timestampSeconds: number;
  value: number | null;
}

/** A line of a range answer on its grid: one value per step, null where there is no number. */
export interface RangeSeries {
  labels: Labels;
  values: (number | null)[];
}

/** Range answer, columnar: `values[i]` belongs to `startSeconds + i * stepSeconds`. */
export interface RangeData {
  startSeconds: number;
  stepSeconds: number;
  series: RangeSeries[];
}

/** What every request to the plane carries. */
export interface QueryContext {
  actor: Actor;
  signal: AbortSignal;
  /** Collects the queries behind an answer, for "view query". */
  trace?: (query: { source: string; expr: string }) => void;
}

export interface InstantQuery {
  expr: string;
  /** Evaluation time in ms since 1970; now when left out. */
  atMs?: number;
  source?: string;
  /** How old a cached answer may be, in ms; defaults to one scrape interval. */
  maxAgeMs?: number;
}

export interface RangeQuery {
  expr: string;
  fromMs: number;
  toMs: number;
  /** Seconds; the plane aligns the grid to multiples of it. */
  stepSeconds: number;
  source?: string;
}

/** PromQL through the query plane. Errors are AppErrors that keep the upstream's own words. */
export interface MetricsPlane {
  instant(context: QueryContext, query: InstantQuery): Promise<Measured<InstantSample[]>>;
  range(context: QueryContext, query: RangeQuery): Promise<Measured<RangeData>>;
}
