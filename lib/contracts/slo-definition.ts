import { z } from "zod";
import { TIER_KEYS } from "#lib/domain/slo/alerts/tiers.ts";
import { SLICE_MINUTES, type SloDefinition as Definition } from "#lib/domain/slo/definition/definition.ts";
import { BUSINESS_IMPACTS, COMPARISON_OPERATORS } from "#lib/domain/slo/definition/sli.ts";
import { CALENDAR_UNITS } from "#lib/domain/slo/definition/windows.ts";
import { LabelMatcher } from "./access.ts";
import { Tier } from "./cluster.ts";
import { visibleText } from "./text.ts";

const MAX_EXPRESSION = 8_000;
const line = visibleText(253);
const sentence = visibleText(1_000);
const expression = z.string().trim().min(1).max(MAX_EXPRESSION);
const metric = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, "is not a Prometheus metric name");
const matchers = z.array(LabelMatcher).max(20);

const Selection = z.strictObject({ metric, matchers });
const Comparison = z.strictObject({ operator: z.enum(COMPARISON_OPERATORS), value: z.number() });

const CompositeStep = z.strictObject({
  name: line,
  slo: line,
  weight: z.number().optional(),
  onCriticalPath: z.boolean(),
});

/** What is measured; DOMAIN names the kinds, `lib/domain/slo/definition/sli.ts` says what each field means. */
export const Sli = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("availability"), requests: Selection, failed: matchers }),
  z.strictObject({ kind: z.literal("error_rate"), requests: Selection, errors: Selection }),
  z.strictObject({
    kind: z.literal("latency"),
    histogram: z.enum(["classic", "native"]),
    durations: Selection,
    thresholdSeconds: z.number(),
    durationToSeconds: z.number(),
  }),
  z.strictObject({ kind: z.literal("throughput"), events: Selection, perSecond: Comparison }),
  z.strictObject({ kind: z.literal("quality"), answers: Selection, degraded: Selection }),
  z.strictObject({ kind: z.literal("freshness"), lastSuccess: Selection, maxAgeSeconds: z.number() }),
  z.strictObject({ kind: z.literal("completeness"), expected: Selection, processed: Selection }),
  z.strictObject({
    kind: z.literal("custom"),
    form: z.enum(["good", "bad"]),
    numerator: expression,
    total: expression,
  }),
  z.strictObject({ kind: z.literal("probe"), expression, good: Comparison }),
  z.strictObject({
    kind: z.literal("composite"),
    combine: z.enum(["serial", "weighted"]),
    steps: z.array(CompositeStep).max(30),
    businessImpact: z.enum(BUSINESS_IMPACTS),
  }),
]);

export const SloWindow = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("rolling"), days: z.number() }),
  z.strictObject({ kind: z.literal("calendar"), unit: z.enum(CALENDAR_UNITS), zone: line }),
]);
export const Objective = z.strictObject({ target: z.number(), window: SloWindow });

const sliceMinutes = z.union(SLICE_MINUTES.map((minutes) => z.literal(minutes)));
const Budgeting = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("occurrences") }),
  z.strictObject({ method: z.literal("timeslices"), sliceMinutes, sliceGood: Comparison.nullable() }),
  z.strictObject({ method: z.literal("ratioTimeslices"), sliceMinutes }),
]);

const LocalTime = z.strictObject({
  year: z.int(),
  month: z.int().min(1).max(12),
  day: z.int().min(1).max(31),
  hour: z.int().min(0).max(23),
  minute: z.int().min(0).max(59),
});
export const ExclusionWindow = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("one_off"), startMs: z.int(), endMs: z.int(), reason: sentence }),
  z.strictObject({
    kind: z.literal("recurring"),
    start: LocalTime,
    durationMinutes: z.number(),
    rule: visibleText(500),
    zone: line,
    reason: sentence,
  }),
]);

const AlertTier = z.strictObject({
  key: z.enum(TIER_KEYS),
  action: z.enum(["page", "ticket"]),
  longMinutes: z.number(),
  spendRatio: z.number(),
  enabled: z.boolean(),
});

/**
 * A service level objective, as people write it. This is its shape; what its values may be says `checkDefinition`,
 * with the path of each field.
 */
export const SloDefinition = z.strictObject({
  name: visibleText(63),
  description: z.union([sentence, z.literal("")]),
  service: line.nullable(),
  node: line.nullable(),
  owner: line.nullable(),
  tier: Tier.nullable(),
  sli: Sli,
  budgeting: Budgeting,
  objectives: z.array(Objective).max(10),
  groupBy: z.array(line).max(3),
  exclusions: z.strictObject({ events: matchers, windows: z.array(ExclusionWindow).max(50) }),
  alertTiers: z.array(AlertTier).max(TIER_KEYS.length),
  minimumBadEvents: z.number(),
  onMissing: z.enum(["gap", "bad"]),
  runbookUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  phases: z.array(z.strictObject({ target: z.number(), months: z.number().nullable() })).max(12),
}) satisfies z.ZodType<Definition>;
export type SloDefinition = z.infer<typeof SloDefinition>;
