import "server-only";
import fc from "fast-check";
import { LabelMatcher } from "#lib/contracts/access.ts";
import { DEFAULT_ALERT_TIERS } from "#lib/domain/slo/alerts/tiers.ts";
import type { Budgeting, SloDefinition } from "#lib/domain/slo/definition/definition.ts";
import type { Comparison, Selection, Sli } from "#lib/domain/slo/definition/sli.ts";
import type { SloWindow } from "#lib/domain/slo/definition/windows.ts";

/** Everything that a quoted text may meet on its way through YAML, PromQL and back. */
const value = fc.oneof(
  fc.constantFrom("checkout", "5..", 'a"b', "a\\b", "c: d # e", "{{.window}}", "$window", "ü\n{x}", "'"),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const label = fc.constantFrom("service", "status", "route", "job", "zone");
const operator = fc.constantFrom("=" as const, "!=", "=~", "!~");
function isKept(one: LabelMatcher): boolean {
  return LabelMatcher.safeParse(one).data?.value === one.value;
}
const matcher = fc.record({ label, operator, value }).filter(isKept);
/** One matcher a label, so that a narrowing matcher is one that the total does not have. */
const matchers = fc.uniqueArray(matcher, { maxLength: 3, selector: (one) => one.label });
const metric = fc.constantFrom("http_requests_total", "jobs:done", "sum", "by", "rate_total", "errors_total");
const selection: fc.Arbitrary<Selection> = fc.record({ metric, matchers });

const failed = fc.record({ label: fc.constant("code"), operator, value }).filter(isKept);
export const availability: fc.Arbitrary<Sli> = fc.record({
  kind: fc.constant("availability"),
  requests: selection,
  failed: fc.tuple(failed),
});
const ordinary: Comparison["operator"][] = [">", ">=", "<", "<="];
const comparison = fc.record({
  operator: fc.constantFrom(...ordinary),
  value: fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000),
});
export const latency: fc.Arbitrary<Sli> = fc
  .record({ bound: fc.constantFrom(0.05, 0.25, 1, 2.5, 100), isMilliseconds: fc.boolean(), matchers })
  .map(({ bound, isMilliseconds, ...durations }) => ({
    kind: "latency",
    histogram: "classic",
    durations: {
      metric: isMilliseconds ? "http_duration_milliseconds" : "http_duration_seconds",
      ...durations,
    },
    thresholdSeconds: isMilliseconds ? bound / 1_000 : bound,
    durationToSeconds: isMilliseconds ? 0.001 : 1,
  }));
/** Kinds that count events, in ways that queries tell apart with the help of an annotation. */
export const counted: fc.Arbitrary<Sli> = fc.oneof(
  availability,
  latency,
  fc.record({ kind: fc.constant("error_rate"), requests: selection, errors: selection }),
  fc.record({ kind: fc.constant("quality"), answers: selection, degraded: selection }),
  fc.record({ kind: fc.constant("completeness"), expected: selection, processed: selection }),
);
export const sliced: fc.Arbitrary<Sli> = fc.oneof(
  fc.record({ kind: fc.constant("throughput"), events: selection, perSecond: comparison }),
  fc.record({
    kind: fc.constant("freshness"),
    lastSuccess: selection,
    maxAgeSeconds: fc.integer({ min: 1, max: 9_999 }),
  }),
  fc.record({
    kind: fc.constant("probe"),
    expression: fc.constant('min(probe_success{job="a"})'),
    good: comparison,
  }),
);

const sliceMinutes = fc.constantFrom(1 as const, 5);
const ofEvents: fc.Arbitrary<Budgeting> = fc.oneof(
  fc.record({ method: fc.constant("occurrences") }),
  fc.record({ method: fc.constant("timeslices"), sliceMinutes, sliceGood: comparison }),
  fc.record({ method: fc.constant("ratioTimeslices"), sliceMinutes }),
);
const ofSlices: fc.Arbitrary<Budgeting> = fc.record({
  method: fc.constant("timeslices"),
  sliceMinutes,
  sliceGood: fc.constant(null),
});

const window: fc.Arbitrary<SloWindow> = fc.oneof(
  fc.record({ kind: fc.constant("rolling"), days: fc.constantFrom(28, 30, 90) }),
  fc.record({
    kind: fc.constant("calendar"),
    unit: fc.constantFrom("month" as const, "quarter"),
    zone: fc.constantFrom("Europe/Berlin", "America/New_York"),
  }),
);
const target = fc.constantFrom(0.9, 0.99, 0.999, 0.9995, 0.99999);
const text = fc.constantFrom("", "Requests answered.", 'With "quotes": and # marks', "- dash", "yes", "12");

function definitionOf(
  sli: fc.Arbitrary<Sli>,
  budgeting: fc.Arbitrary<Budgeting>,
): fc.Arbitrary<SloDefinition> {
  return fc
    .record({
      sli,
      budgeting,
      window,
      targets: fc.uniqueArray(target, { minLength: 1, maxLength: 3 }),
      description: text,
      owner: fc.constantFrom(null, "pay", "yes", "0x1"),
      tier: fc.constantFrom(null, "critical" as const, "best_effort"),
      onNode: fc.boolean(),
      groupBy: fc.constantFrom<string[]>([], ["route"], ["zone", "route"]),
      minimumBadEvents: fc.constantFrom(0, 3, 20),
      onMissing: fc.constantFrom("gap" as const, "bad"),
      runbookUrl: fc.constantFrom(null, "https://runbooks.example/a?b=c#d"),
      enabled: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    })
    .map(({ window: one, targets, onNode, enabled, ...rest }) => ({
      ...rest,
      name: "checkout-slo",
      service: onNode ? null : "checkout",
      node: onNode ? "ai1" : null,
      objectives: targets.map((ratio) => ({ target: ratio, window: one })),
      groupBy: rest.sli.kind === "probe" || rest.sli.kind === "freshness" ? [] : rest.groupBy,
      exclusions: { events: [], windows: [] },
      alertTiers: DEFAULT_ALERT_TIERS.map((tier, at) => ({ ...tier, enabled: enabled[at] ?? true })),
      phases: [],
    }));
}

/** Definitions that say only what OpenSLO has words for. */
export const sayable = fc.oneof(definitionOf(counted, ofEvents), definitionOf(sliced, ofSlices));
/** Definitions that count events in the kinds that need no annotation. */
export const plainlyCounted = definitionOf(
  fc.oneof(availability, latency),
  fc.record({ method: fc.constant("occurrences") }),
);
