import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide, type Verdict } from "./decide.ts";
import { compareDecisions } from "./decision.ts";
import type { GateFacts } from "./facts.ts";
import { type GatePolicy, policyProblems } from "./policy.ts";
import { compareRisks } from "./risk.ts";
import { anyFacts, anyPolicy, DAMAGES, NOW_MS, soundFacts } from "./testing.ts";

const RUNS = { numRuns: 400 };
const real = (value: number | null) => typeof value === "number" && Math.abs(value) < Infinity;
const recent = (ms: number | null) => real(ms) && Math.abs(NOW_MS - Number(ms)) <= 300_000;

/** Whether facts lack nothing, told without the code under test. */
function isWhole({ slos, errors, firingPages, openIncidents, freezes }: GateFacts): boolean {
  if (!slos?.length || !errors || !firingPages || !openIncidents || !freezes) return false;
  const heard = errors.level === "not_measured" || (errors.level !== "UNKNOWN" && recent(errors.asOfMs));
  return (
    heard &&
    slos.every(
      (slo) =>
        slo.status !== "no_data" &&
        recent(slo.newestSampleMs) &&
        recent(slo.evaluatedAtMs) &&
        (slo.status === "no_traffic" || (real(slo.budgetRemainingRatio) && real(slo.burnRate6h))),
    )
  );
}

/** What each wording asks for, done to the facts. */
const DONE: readonly [RegExp, (facts: GateFacts) => Partial<GateFacts>][] = [
  [/the 6 h burn falls/, (facts) => heal(facts, "attention", "warning", "critical")],
  [/budget is left again/, (facts) => heal(facts, "exhausted")],
  [/there is traffic/, (facts) => heal(facts, "no_traffic")],
  [/resolved: (INC-1(?! and INC-2)|INC-2)/, without],
  [/resolved: INC-\d and INC-\d/, without],
  [/no longer paging/, () => ({ firingPages: [] })],
  [/no longer critical/, () => ({ errors: { level: "OK", asOfMs: NOW_MS } })],
  [/the freeze is over/, () => ({ freezes: [] })],
  [/what is missing is there/, arrive],
];
const WELL = { status: "healthy", budgetRemainingRatio: 0.5, burnRate6h: 1 } as const;

function heal({ slos }: GateFacts, ...statuses: string[]): Partial<GateFacts> {
  return { slos: slos?.map((slo) => (statuses.includes(slo.status) ? { ...slo, ...WELL } : slo)) ?? null };
}

function without({ openIncidents }: GateFacts): Partial<GateFacts> {
  return { openIncidents: openIncidents && [] };
}

function arrive(facts: GateFacts): Partial<GateFacts> {
  const { errors } = facts;
  const slos = facts.slos?.length ? facts.slos : soundFacts().slos!;
  const now = { newestSampleMs: NOW_MS, evaluatedAtMs: NOW_MS };
  return {
    slos: slos.map((slo) => {
      const blank = slo.status === "no_data" || !real(slo.budgetRemainingRatio) || !real(slo.burnRate6h);
      return { ...slo, ...(blank ? WELL : {}), ...now };
    }),
    errors:
      errors && errors.level !== "UNKNOWN" ? { ...errors, asOfMs: NOW_MS } : { level: "OK", asOfMs: NOW_MS },
    firingPages: facts.firingPages ?? [],
    openIncidents: facts.openIncidents ?? [],
    freezes: facts.freezes ?? [],
  };
}

function apply(facts: GateFacts, words: string): GateFacts {
  return DONE.reduce((all, [said, change]) => (said.test(words) ? { ...all, ...change(all) } : all), facts);
}

/** The change as an alternative describes it. */
function shrink(facts: GateFacts, policy: GatePolicy, how: string): GateFacts {
  const { lines } = policy.risk.weights;
  const sizes = [0, ...lines.map(({ from }) => from)];
  const worth = (size: number) => lines.findLast(({ from }) => size >= from)?.points ?? 0;
  const mildest = sizes.reduce((best, size) => (worth(size) < worth(best) ? size : best));
  const risk = {
    ...facts.risk,
    ...(how.includes("smaller parts") ? { linesChanged: mildest } : {}),
    ...(how.includes("split off the schema") ? { migration: false } : {}),
    ...(how.includes("prepare a rollback") ? { rollbackReady: true } : {}),
    ...(how.includes("do not fail") ? { releases: null } : {}),
    ...(how.includes("people are there") ? { localTime: { weekday: 2, hour: 10 } } : {}),
  };
  const declared = /declared (low|medium), not/.exec(how)?.[1] as "low" | "medium" | undefined;
  return { ...facts, risk, declaredRisk: declared ?? facts.declaredRisk };
}

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe("any facts under any policy", () => {
  it("are made by policies that may be published", () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        expect(policyProblems(policy)).toEqual([]);
      }),
    );
  });

  it("are never approved where something is missing, old, no number or empty", () => {
    const seen = { approved: 0, partial: 0 };
    const untroubled = anyFacts.map(({ slos, risk }) => soundFacts({ slos, risk }));
    fc.assert(
      fc.property(fc.oneof(anyFacts, untroubled), anyPolicy, (facts, policy) => {
        const { decision } = decide(facts, policy);
        if (decision === "approve") seen.approved += 1;
        if (isWhole(facts)) return;
        seen.partial += 1;
        expect(decision).not.toBe("approve");
      }),
      { numRuns: 1_500 },
    );
    // The property would hold of nothing as well.
    expect(seen.approved).toBeGreaterThan(20);
    expect(seen.partial).toBeGreaterThan(300);
  });

  it("are not approved once they were damaged in any way, however well they stand", () => {
    const damages = fc.subarray(Object.values(DAMAGES), { minLength: 1 });
    fc.assert(
      fc.property(anyFacts, anyPolicy, damages, (facts, policy, ways) => {
        const damaged = ways.reduce((all, damage) => damage(all), { ...facts, slos: soundFacts().slos });
        const verdict = decide(damaged, policy);
        expect(verdict.decision).not.toBe("approve");
        if (verdict.decision === "review") expect(verdict.status).toBe("insufficient_data");
      }),
      RUNS,
    );
  });

  it("get the same verdict again, also from their record", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        const verdict = decide(facts, policy);
        expect(decide(facts, policy)).toEqual(verdict);
        expect(throughJson(decide(throughJson(facts), throughJson(policy)))).toEqual(throughJson(verdict));
      }),
      RUNS,
    );
  });

  it("are blocked in a freeze unless a lane was proven, and a lane never approves", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        const proven = facts.lane?.refusedBecause === null && policy.lanes.includes(facts.lane.lane);
        const { decision, laneUsed } = decide(facts, policy);
        if (facts.freezes?.length) expect(decision).toBe(proven ? "review" : "block");
        if (laneUsed) expect(decision).toBe("review");
      }),
      RUNS,
    );
  });

  it("fare no better for a higher risk, and no worse for agreed spending", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        const of = (more: Partial<GateFacts>) => decide({ ...facts, ...more }, policy).decision;
        const [low, high] = [of({ declaredRisk: "low" }), of({ declaredRisk: "high" })];
        expect(compareDecisions(high, low)).toBeLessThanOrEqual(0);
        const agreed = { id: "s", amountRatio: 1, approvedBy: "Ada", untilMs: NOW_MS + 1 };
        const [with_, without_] = [of({ spending: agreed }), of({ spending: null })];
        expect(compareDecisions(with_, without_)).toBeGreaterThanOrEqual(0);
        if (with_ !== without_) expect([without_, with_]).toEqual(["defer", "review"]);
      }),
      RUNS,
    );
  });
});

describe("a status that is worse", () => {
  const MEASURED = ["healthy", "attention", "warning", "critical", "exhausted"] as const;

  it("is never judged more mildly, nor is less of an amount that was agreed to", () => {
    fc.assert(
      fc.property(anyFacts, anyPolicy, fc.nat(3), fc.nat(3), (facts, policy, at, by) => {
        const of = (status: (typeof MEASURED)[number], more: Partial<GateFacts> = {}) => {
          const slos = facts.slos?.map((slo) => ({ ...slo, status })) ?? null;
          return decide({ ...facts, slos, ...more }, policy).decision;
        };
        const better = MEASURED[at]!;
        const worse = MEASURED[Math.min(at + 1 + by, MEASURED.length - 1)]!;
        expect(compareDecisions(of(worse), of(better))).toBeLessThanOrEqual(0);
        const agreed = { id: "s", amountRatio: 1, approvedBy: "Ada", untilMs: NOW_MS + 1 };
        const [more, less] = [
          of(worse, { spending: agreed }),
          of(worse, { spending: { ...agreed, amountRatio: 0.2 } }),
        ];
        expect(compareDecisions(less, more)).toBeLessThanOrEqual(0);
      }),
      RUNS,
    );
  });
});

describe("what the gate promises", () => {
  const milder = (verdict: Verdict, decision: Verdict["decision"]) =>
    compareDecisions(decision, verdict.decision) > 0;

  it("comes about when a condition is met", () => {
    let met = 0;
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        const verdict = decide(facts, policy);
        for (const { decision, when } of verdict.conditions) {
          expect(milder(verdict, decision)).toBe(true);
          expect([when, decide(apply(facts, when), policy).decision]).toEqual([when, decision]);
          met += 1;
        }
        expect(new Set(verdict.conditions.map(({ decision }) => decision)).size).toBe(
          verdict.conditions.length,
        );
      }),
      RUNS,
    );
    expect(met).toBeGreaterThan(100);
  });

  it("comes about when an alternative is taken", () => {
    let taken = 0;
    fc.assert(
      fc.property(anyFacts, anyPolicy, (facts, policy) => {
        const verdict = decide(facts, policy);
        for (const { decision, how } of verdict.alternatives) {
          if (decision === null) continue;
          const agreed = { id: "s", amountRatio: 1, approvedBy: "Ada", untilMs: NOW_MS + 60_000 };
          const changed = how.includes("product owner")
            ? { ...facts, spending: agreed }
            : shrink(facts, policy, how);
          const again = decide(changed, policy);
          expect([how, again.decision]).toEqual([how, decision]);
          const promised = /a (low|medium)-risk change/.exec(how)?.[1] as "low" | "medium" | undefined;
          if (promised) expect(compareRisks(again.risk.effective, promised)).toBeLessThanOrEqual(0);
          expect(milder(verdict, decision)).toBe(true);
          taken += 1;
        }
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(40);
  });
});
