import fc from "fast-check";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";
import { type Decision, DECISIONS } from "./decision.ts";
import type { GateFacts, SloFact } from "./facts.ts";
import { DEFAULT_GATE_POLICY, type GatePolicy, LANES, type MatrixRow } from "./policy.ts";
import { RISKS } from "./risk.ts";

export const MINUTE_MS = 60_000;
/** A Wednesday, 12:00 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 18, 12);

/** An SLO in good health, measured half a minute ago. */
export function soundSlo(more: Partial<SloFact> = {}): SloFact {
  return {
    sloId: "slo-1",
    key: "checkout/availability",
    version: 3,
    objective: 0,
    group: "{}",
    status: "healthy",
    evaluatedAtMs: NOW_MS - 10_000,
    newestSampleMs: NOW_MS - 30_000,
    budgetRemainingRatio: 0.8,
    budgetRemainingMinutes: 34.6,
    burnRate6h: 0.4,
    ...more,
  };
}

/** Facts that lack nothing, of a small change at noon: its score is 0, low. */
export function soundFacts(more: Partial<GateFacts> = {}): GateFacts {
  return {
    nowMs: NOW_MS,
    service: "checkout",
    tier: null,
    slos: [soundSlo()],
    errors: { level: "OK", asOfMs: NOW_MS - 15_000 },
    firingPages: [],
    openIncidents: [],
    freezes: [],
    risk: {
      linesChanged: 10,
      migration: false,
      rollbackReady: null,
      dependents: 0,
      tier: null,
      releases: null,
      localTime: { weekday: 3, hour: 12 },
    },
    declaredRisk: null,
    lane: null,
    spending: null,
    ...more,
  };
}

const ofSlos = (change: Partial<SloFact>) => (facts: GateFacts) => ({
  ...facts,
  slos: facts.slos?.map((slo, index) => (index === 0 ? { ...slo, ...change } : slo)) ?? null,
});
const of = (change: Partial<GateFacts>) => (facts: GateFacts) => ({ ...facts, ...change });

/** Every way in which facts can lack something; each of them alone forbids an approval. */
export const DAMAGES: Readonly<Record<string, (facts: GateFacts) => GateFacts>> = {
  "the ledger is out of reach": of({ slos: null }),
  "there is no SLO": of({ slos: [] }),
  "the errors signal is out of reach": of({ errors: null }),
  "the errors signal is unknown": of({ errors: { level: "UNKNOWN", asOfMs: NOW_MS } }),
  "the errors signal is old": of({ errors: { level: "OK", asOfMs: NOW_MS - 5 * MINUTE_MS - 1 } }),
  "the errors signal has no time": of({ errors: { level: "OK", asOfMs: null } }),
  "the errors signal is of the future": of({ errors: { level: "OK", asOfMs: NOW_MS + 6 * MINUTE_MS } }),
  "pages are out of reach": of({ firingPages: null }),
  "incidents are out of reach": of({ openIncidents: null }),
  "freezes are out of reach": of({ freezes: null }),
  "the newest sample is 5 min and 1 ms old": ofSlos({ newestSampleMs: NOW_MS - 5 * MINUTE_MS - 1 }),
  "there never was a sample": ofSlos({ newestSampleMs: null }),
  "the newest sample has no time": ofSlos({ newestSampleMs: NaN }),
  "the newest sample is of the future": ofSlos({ newestSampleMs: NOW_MS + 5 * MINUTE_MS + 1 }),
  "the evaluation is old": ofSlos({ evaluatedAtMs: NOW_MS - 5 * MINUTE_MS - 1 }),
  "the evaluation has no time": ofSlos({ evaluatedAtMs: NaN }),
  "the budget is NaN": ofSlos({ status: "healthy", budgetRemainingRatio: NaN }),
  "the budget is infinite": ofSlos({ status: "healthy", budgetRemainingRatio: Infinity }),
  "the budget is missing": ofSlos({ status: "healthy", budgetRemainingRatio: null }),
  "the burn is NaN": ofSlos({ status: "healthy", burnRate6h: NaN }),
  "the burn is minus infinite": ofSlos({ status: "healthy", burnRate6h: -Infinity }),
  "the burn is missing": ofSlos({ status: "healthy", burnRate6h: null }),
  "the status says no data": ofSlos({ status: "no_data" }),
};

const figure = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: -30, max: 300 }).map((tenths) => tenths / 10) },
  { weight: 1, arbitrary: fc.constantFrom(null, NaN, Infinity, -Infinity) },
);
const time = fc.oneof(
  { weight: 30, arbitrary: fc.integer({ min: NOW_MS - 4 * MINUTE_MS, max: NOW_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: NOW_MS - 60 * MINUTE_MS, max: NOW_MS + 60 * MINUTE_MS }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);
const timeOrNull = fc.oneof({ weight: 20, arbitrary: time }, { weight: 1, arbitrary: fc.constant(null) });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 20, arbitrary }, { weight: 1, arbitrary: fc.constant(null) });

const slo: fc.Arbitrary<SloFact> = fc.record({
  sloId: fc.constantFrom("a", "b"),
  key: fc.constantFrom("checkout/availability", "checkout/latency"),
  version: fc.constant(1),
  objective: fc.constantFrom(0, 1),
  group: fc.constantFrom("{}", '{"route":"/pay"}'),
  status: fc.oneof(
    { weight: 3, arbitrary: fc.constant("healthy" as const) },
    { weight: 1, arbitrary: fc.constantFrom(...SLO_STATUSES) },
  ),
  evaluatedAtMs: time,
  newestSampleMs: timeOrNull,
  budgetRemainingRatio: figure,
  budgetRemainingMinutes: figure,
  burnRate6h: figure,
});

const yesOrNo = fc.constantFrom(true, false, null);
const risk: fc.Arbitrary<GateFacts["risk"]> = fc.record({
  linesChanged: fc.option(fc.integer({ min: 0, max: 20_000 })),
  migration: yesOrNo,
  rollbackReady: yesOrNo,
  dependents: fc.option(fc.integer({ min: 0, max: 40 })),
  tier: fc.constantFrom(null, "critical", "essential", "experimental"),
  releases: fc.option(
    fc.tuple(fc.nat(20), fc.nat(20)).map(([failed, more]) => ({ failed, total: failed + more })),
  ),
  localTime: fc.record({ weekday: fc.integer({ min: 0, max: 6 }), hour: fc.integer({ min: 0, max: 23 }) }),
});

/** Facts of any kind: sound, partial, old, or not numbers at all. */
export const anyFacts: fc.Arbitrary<GateFacts> = fc.record({
  nowMs: fc.constant(NOW_MS),
  service: fc.constant("checkout"),
  tier: fc.constantFrom(null, "critical", "essential", "experimental"),
  slos: orNull(fc.array(slo, { maxLength: 4 })),
  errors: orNull(
    fc.record({
      level: fc.constantFrom("OK", "OK", "OK", "WARNING", "CRITICAL", "UNKNOWN", "not_measured"),
      asOfMs: timeOrNull,
    }),
  ),
  firingPages: orNull(
    fc.array(fc.record({ name: fc.constantFrom("Errors", "Latency"), sinceMs: fc.constant(NOW_MS) }), {
      maxLength: 1,
    }),
  ),
  openIncidents: orNull(
    fc.uniqueArray(
      fc.record({
        id: fc.constantFrom("INC-1", "INC-2"),
        severity: fc.constantFrom("P1", "P2", "P3", "P4"),
        title: fc.constant("it fails"),
      }),
      { maxLength: 2, selector: ({ id }) => id },
    ),
  ),
  freezes: orNull(
    fc.array(
      fc.record({
        id: fc.constant("f"),
        name: fc.constant("holidays"),
        untilMs: fc.constant(NOW_MS + MINUTE_MS),
      }),
      {
        maxLength: 1,
      },
    ),
  ),
  risk,
  declaredRisk: fc.constantFrom(null, ...RISKS),
  lane: fc.oneof(
    fc.constant(null),
    fc.record({
      lane: fc.constantFrom(...LANES),
      evidence: fc.constant("CVE-2026-12345"),
      refusedBecause: fc.constantFrom(null, "no proof"),
    }),
  ),
  spending: fc.oneof(
    fc.constant(null),
    fc.record({
      id: fc.constant("s"),
      amountRatio: fc.constantFrom(0.2, 0, NaN, Infinity),
      approvedBy: fc.constant("Ada"),
      untilMs: fc.constantFrom(NOW_MS + 1, NOW_MS, NOW_MS - 1, NaN, Infinity),
    }),
  ),
}) as fc.Arbitrary<GateFacts>;

const STRICT = DECISIONS.filter((decision) => decision !== "approve");
const TROUBLE = DECISIONS.filter((decision) => decision === "block" || decision === "defer");
/** Mostly few: under heavy weights nothing is ever approved, and a property of approvals says nothing. */
const points = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 100 }) },
);
const relief = fc.integer({ min: -20, max: 100 });

function row(decisions: readonly Decision[]): fc.Arbitrary<MatrixRow> {
  const rank = (decision: Decision) => DECISIONS.indexOf(decision);
  return fc.tuple(...RISKS.map(() => fc.constantFrom(...decisions))).map((cells) => {
    const [low, medium, high] = [...cells].sort((a, b) => rank(b) - rank(a));
    return { low: low ?? "block", medium: medium ?? "block", high: high ?? "block" };
  });
}

const stricter = (one: Decision, other: Decision) =>
  DECISIONS.indexOf(one) < DECISIONS.indexOf(other) ? one : other;

/** No row milder than the one before it. */
const measured = fc
  .record({
    healthy: row(DECISIONS),
    attention: row(DECISIONS),
    warning: row(DECISIONS),
    critical: row(STRICT),
    exhausted: row(STRICT),
  })
  .map((rows) => {
    const above = (worse: MatrixRow, better: MatrixRow): MatrixRow => ({
      low: stricter(worse.low, better.low),
      medium: stricter(worse.medium, better.medium),
      high: stricter(worse.high, better.high),
    });
    const attention = above(rows.attention, rows.healthy);
    const warning = above(rows.warning, attention);
    const critical = above(rows.critical, warning);
    return { ...rows, attention, warning, critical, exhausted: above(rows.exhausted, critical) };
  });

const tierRules = fc.record({
  leaseMinutes: fc.integer({ min: 1, max: 600 }),
  leastRisk: fc.constantFrom("low" as const, ...RISKS),
});

/** Any policy that may be published. */
export const anyPolicy: fc.Arbitrary<GatePolicy> = fc.record({
  matrix: fc
    .tuple(measured, fc.record({ no_data: row(STRICT), no_traffic: row(STRICT) }))
    .map(([known, unknown]) => ({ ...known, ...unknown })),
  risk: fc.record({
    weights: fc.record({
      lines: fc
        .uniqueArray(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 5 })
        .chain((froms) =>
          fc
            .tuple(...froms.map(() => points))
            .map((worths) => worths.sort((a, b) => a - b))
            .map((worths) =>
              froms.sort((a, b) => a - b).map((from, i) => ({ from, points: worths[i] ?? 0 })),
            ),
        ),
      linesUnstated: points,
      migration: points,
      migrationUnstated: points,
      rollbackReady: relief,
      rollbackMissing: points,
      rollbackUnstated: points,
      perDependent: points,
      mostForDependents: points,
      tier: fc.record({ critical: points, essential: points }),
      allReleasesFailed: points,
      unattended: points,
      attendedHours: fc.constant(DEFAULT_GATE_POLICY.risk.weights.attendedHours),
    }),
    cuts: fc
      .integer({ min: 1, max: 99 })
      .chain((mediumFrom) =>
        fc.integer({ min: mediumFrom + 1, max: 100 }).map((highFrom) => ({ mediumFrom, highFrom })),
      ),
  }),
  floors: fc.record({
    openIncident: fc.constantFrom(...TROUBLE),
    firingPage: fc.constantFrom(...TROUBLE),
    criticalErrors: fc.constantFrom(...TROUBLE),
  }),
  incidentSeverities: fc.subarray(["P2", "P3", "P4"]).map((others) => ["P1", ...others]),
  lanes: fc.subarray([...LANES]),
  tiers: fc.record({ critical: tierRules, essential: tierRules }),
  otherTiers: tierRules,
  deferHours: fc.constant(24),
  canaryCostRatio: fc.double({ min: 0.01, max: 1, noNaN: true }),
  canaryMinutes: fc.integer({ min: 1, max: 1_440 }),
});
