import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { confinementKey } from "#lib/domain/access/matchers.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { settings, type SourceKindSetting, type SourceSettings } from "#lib/server/env.ts";
import { singleton } from "#lib/server/singleton.ts";
import { getAlerts } from "./alertmanager/client.ts";
import { confinePromql, promqlSelector } from "./confine/promql.ts";
import { satisfies } from "./confine/satisfies.ts";
import type { Extent } from "./extent.ts";
import { alignGrid } from "./grid.ts";
import { QUERY_LIMITS, SCRAPE_INTERVAL_SECONDS, type QueryLimits } from "./limits.ts";
import { labelValues, queryInstant, queryRange, ruleAlerts, type Call } from "./prometheus/client.ts";
import { checkPromql, pointsStandAlone } from "./promql-syntax.ts";
import { extentsBytes, rangeQuestion } from "./range-question.ts";
import { type Answer, ReadThrough } from "./read-through.ts";
import { findSource } from "./sources.ts";
import type { Told } from "./told.ts";
import type {
  AlertsPlane,
  InstantQuery,
  InstantSample,
  LabelValuesQuery,
  MetricsPlane,
  QueryContext,
  RangeData,
  RangeQuery,
  SourceAlert,
} from "./types.ts";
import { sourceGuard, type UpstreamGuard } from "./upstream-guard.ts";
import { type Kept, wholeQuestion, wholeReads } from "./whole-question.ts";

const MEBIBYTE = 1024 * 1024;
/** Less than a scrape interval, so that a page that refreshes once per interval finds new data each time. */
const FRESH_MS = (SCRAPE_INTERVAL_SECONDS * 1000 * 2) / 3;
const MAX_FRESH_MS = 300_000;
const PICKER_FRESH_MS = 60_000;
/** Names change seldom: a list of that age is shown at once, and the newer one is fetched meanwhile. */
const PICKER_RENEW_MS = 600_000;

export interface QueryPlaneOptions {
  sources: () => readonly SourceSettings[];
  nowMs: () => number;
  limits: QueryLimits;
  guardOf: (source: SourceSettings) => UpstreamGuard;
}

/** The process's own plane, over the configured sources. */
export function queryPlane(): MetricsPlane & AlertsPlane {
  return singleton(
    "query.plane",
    () =>
      new QueryPlane({
        sources: () => settings().sources,
        nowMs: Date.now,
        limits: QUERY_LIMITS,
        guardOf: sourceGuard,
      }),
  );
}

/**
 * The one way to metrics and alerts: authorize → parse → confine → limits → align → cache → single flight →
 * semaphore and breaker → client. Actors share the answers of equally confined ones: the confinement is part of
 * every question's family.
 */
export class QueryPlane implements MetricsPlane, AlertsPlane {
  readonly #options: QueryPlaneOptions;
  readonly #instants: ReadThrough<InstantSample[], Kept<InstantSample[]>>;
  readonly #ranges: ReadThrough<RangeData, readonly Extent[]>;
  readonly #names: ReadThrough<string[], Kept<string[]>>;
  readonly #alerts: ReadThrough<SourceAlert[], Kept<SourceAlert[]>>;

  constructor(options: QueryPlaneOptions) {
    this.#options = options;
    const common = { nowMs: options.nowMs, guardOf: options.guardOf };
    this.#instants = wholeReads({ ...common, maxBytes: 48 * MEBIBYTE });
    this.#ranges = new ReadThrough({ ...common, bytesOf: extentsBytes, maxBytes: 128 * MEBIBYTE });
    this.#names = wholeReads({ ...common, maxBytes: 8 * MEBIBYTE });
    this.#alerts = wholeReads({ ...common, maxBytes: 8 * MEBIBYTE });
  }

  async instant(context: QueryContext, query: InstantQuery): Promise<Measured<InstantSample[]>> {
    const { source, expr } = this.#beginPromql(context, query);
    const at = this.#isNow(query.atMs) ? {} : { atMs: query.atMs };
    const question = wholeQuestion({
      source,
      nowMs: this.#options.nowMs,
      family: familyOf(context, `${at.atMs ?? "now"}/${expr}`),
      freshMs: query.maxAgeMs ?? FRESH_MS,
      load: async (signal) => {
        const told = await queryInstant(this.#call(source, signal), { expr, ...at });
        return { ...told, asOfMs: newestSampleMs(told.data) };
      },
    });
    return this.#instants.read(question, context.signal);
  }

  async range(context: QueryContext, query: RangeQuery): Promise<Measured<RangeData>> {
    const { source, expr } = this.#beginPromql(context, query);
    const grid = alignGrid(query, this.#options.limits);
    const question = rangeQuestion({
      source,
      nowMs: this.#options.nowMs,
      family: familyOf(context, `${grid.stepSeconds}/${expr}`),
      grid,
      freshMs: Math.min(Math.max(FRESH_MS, grid.stepSeconds * 250), MAX_FRESH_MS),
      pointsStandAlone: pointsStandAlone(expr),
      load: (asked, signal) => queryRange(this.#call(source, signal), { expr, grid: asked }),
    });
    return this.#ranges.read(question, context.signal);
  }

  async labelValues(context: QueryContext, query: LabelValuesQuery): Promise<Measured<string[]>> {
    const source = this.#begin(context, "prometheus", query.source);
    const match = this.#confinedMatch(context, query.match);
    const wanted = { label: query.label, ...(match === undefined ? {} : { match }) };
    const question = wholeQuestion({
      source,
      nowMs: this.#options.nowMs,
      family: familyOf(context, `${query.label}/${match ?? ""}`),
      freshMs: PICKER_FRESH_MS,
      renewMs: PICKER_RENEW_MS,
      load: (signal) => this.#asOfNow(labelValues(this.#call(source, signal), wanted)),
    });
    return this.#names.read(question, context.signal);
  }

  async ruleAlerts(context: QueryContext, query: { source?: string } = {}): Promise<Measured<SourceAlert[]>> {
    const source = this.#begin(context, "prometheus", query.source);
    return this.#readAlerts(context, source, (signal) => ruleAlerts(this.#call(source, signal)));
  }

  async alerts(context: QueryContext, query: { source?: string } = {}): Promise<Measured<SourceAlert[]>> {
    const source = this.#begin(context, "alertmanager", query.source);
    return this.#readAlerts(context, source, (signal) => getAlerts(this.#call(source, signal)));
  }

  #readAlerts(
    context: QueryContext,
    source: SourceSettings,
    load: (signal: AbortSignal) => Promise<Told<SourceAlert[]>>,
  ): Promise<Measured<SourceAlert[]>> {
    const question = wholeQuestion({
      source,
      nowMs: this.#options.nowMs,
      family: familyOf(context, "alerts"),
      freshMs: FRESH_MS,
      load: async (signal) => {
        const answer = await this.#asOfNow(load(signal));
        const { confinement } = context.actor;
        return { ...answer, data: answer.data.filter(({ labels }) => satisfies(labels, confinement)) };
      },
    });
    return this.#alerts.read(question, context.signal);
  }

  /** A time within a scrape interval of our clock means now, and now can be cached. */
  #isNow(atMs: number | undefined): boolean {
    return atMs === undefined || Math.abs(atMs - this.#options.nowMs()) < SCRAPE_INTERVAL_SECONDS * 1000;
  }

  /** For lists that carry no time of their own: they are as of when they were asked for. */
  async #asOfNow<T>(told: Promise<Told<T>>): Promise<Answer<T>> {
    const asOfMs = this.#options.nowMs();
    return { ...(await told), asOfMs };
  }

  #begin(context: QueryContext, kind: SourceKindSetting, name: string | undefined): SourceSettings {
    authorize(context.actor, "measurements:read");
    return findSource(kind, name, this.#options.sources());
  }

  /** The source, and the query as this actor may ask it. */
  #beginPromql(
    context: QueryContext,
    query: { expr: string; source?: string },
  ): { source: SourceSettings; expr: string } {
    const source = this.#begin(context, "prometheus", query.source);
    checkPromql(query.expr, this.#options.limits.maxExprLength);
    const expr = confinePromql(query.expr, context.actor.confinement);
    context.trace?.({ source: source.name, expr });
    return { source, expr };
  }

  #confinedMatch({ actor }: QueryContext, match: string | undefined): string | undefined {
    if (match === undefined)
      return actor.confinement.length === 0 ? match : promqlSelector(actor.confinement);
    checkPromql(match, this.#options.limits.maxExprLength);
    return confinePromql(match, actor.confinement);
  }

  #call(source: SourceSettings, signal: AbortSignal): Call {
    return { source, signal, limits: this.#options.limits };
  }
}

/** What is asked, and by whom as far as that changes the answer. */
function familyOf({ actor }: QueryContext, question: string): string {
  return `${confinementKey(actor.confinement)}/${question}`;
}

function newestSampleMs(samples: readonly InstantSample[]): number | null {
  const times = samples.filter((sample) => sample.value !== null).map((sample) => sample.timestampSeconds);
  return times.length === 0 ? null : Math.round(times.reduce((a, b) => Math.max(a, b)) * 1000);
}
