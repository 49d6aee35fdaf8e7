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

/** An alert as its source tells it; `suppressed` is silenced or inhibited. */
export interface SourceAlert {
  /** Alertmanager's: a hash of the labels, computed alike for Prometheus' own alerts. */
  fingerprint: string;
  labels: Labels;
  annotations: Labels;
  state: "firing" | "pending" | "suppressed";
  /** ISO 8601 UTC. */
  startedAt: string;
  /** Of a suppressed one: the ids of silences and the fingerprints of alerts that keep it quiet. */
  suppressedBy?: { silences: string[]; inhibitors: string[] };
}

/** What every request to the plane carries. */
export interface QueryContext {
  actor: Actor;
  signal: AbortSignal;
  /** Collects the queries behind an answer, for "view query". */
  trace?: (query: { source: string; expr: string; language?: "logql" }) => void;
}

export interface InstantQuery {
  expr: string;
  /**
   * Evaluation time in ms since 1970. Left out, or within a scrape interval of our clock, it means "now": the
   * source's own clock counts then, and the answer can be cached and stand in when the source is down.
   */
  atMs?: number;
  source?: string;
  /** How old a cached answer may be, in ms; defaults to somewhat less than a scrape interval. */
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

export interface LabelValuesQuery {
  label: string;
  /** A selector that the series must match. */
  match?: string;
  source?: string;
}

/** PromQL through the query plane. Errors are AppErrors that keep the upstream's own words. */
export interface MetricsPlane {
  instant(context: QueryContext, query: InstantQuery): Promise<Measured<InstantSample[]>>;
  range(context: QueryContext, query: RangeQuery): Promise<Measured<RangeData>>;
  labelValues(context: QueryContext, query: LabelValuesQuery): Promise<Measured<string[]>>;
  /** Alerts of Prometheus' own rules: firing and pending, with no word of silences. */
  ruleAlerts(context: QueryContext, query?: { source?: string }): Promise<Measured<SourceAlert[]>>;
}

/** Alerts as Alertmanager holds them: firing and suppressed. */
export interface AlertsPlane {
  alerts(context: QueryContext, query?: { source?: string }): Promise<Measured<SourceAlert[]>>;
}
