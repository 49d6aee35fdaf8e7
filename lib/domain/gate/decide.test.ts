import { describe, expect, it } from "vitest";
import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import { decide } from "./decide.ts";
import type { Decision } from "./decision.ts";
import type { GateFacts, LaneClaim } from "./facts.ts";
import { DEFAULT_GATE_POLICY, type GatePolicy, LANES } from "./policy.ts";
import { type Risk, RISKS } from "./risk.ts";
import { DAMAGES, MINUTE_MS, NOW_MS, soundFacts, soundSlo } from "./testing.ts";

const ask = (more: Partial<GateFacts> = {}, policy: Partial<GatePolicy> = {}) =>
  decide(soundFacts(more), { ...DEFAULT_GATE_POLICY, ...policy });

/** What each status and risk decide, as the seeds have it; written out, not read from the code. */
const MATRIX: [SloStatus, Decision, Decision, Decision][] = [
  ["healthy", "approve", "approve", "review"],
  ["attention", "approve", "review", "defer"],
  ["warning", "review", "defer", "block"],
  ["critical", "defer", "block", "block"],
  ["exhausted", "block", "block", "block"],
  ["no_data", "review", "review", "review"],
  ["no_traffic", "review", "review", "review"],
];

const LANE_CLAIMS: (LaneClaim | null)[] = [
  null,
  ...LANES.flatMap((lane) =>
    [null, "no proof"].map((refusedBecause) => ({ lane, evidence: "x", refusedBecause })),
  ),
];
const FREEZES = [[], [{ id: "f", name: "holidays", untilMs: NOW_MS + MINUTE_MS }]];
const WHOLE: [string, (facts: GateFacts) => GateFacts] = ["nothing is missing", (facts) => facts];

const MILDNESS: Record<Decision, number> = { block: 0, defer: 1, review: 2, approve: 3 };

/** The rule in numbers: a freeze takes all, what is missing leaves a review at best, a proven lane a review at worst. */
function expected(
  { slos, lane, freezes }: GateFacts,
  cells: ReadonlyMap<string, Decision>,
  risk: Risk,
  missing: boolean,
): Decision {
  const statuses = slos?.map(({ status }) => cells.get(`${status} ${risk}`)) ?? [];
  const scores = statuses.map((decision) => MILDNESS[decision ?? "block"]);
  if (missing) scores.push(2);
  if (freezes?.length) scores.push(0);
  const least = Math.min(...scores);
  const held = lane !== null && lane.refusedBecause === null ? Math.max(least, 2) : least;
  return (Object.keys(MILDNESS) as Decision[])[held] ?? "block";
}

const CELLS = new Map(
  MATRIX.flatMap(([status, ...row]) => RISKS.map((risk, at) => [`${status} ${risk}`, row[at]!] as const)),
);

describe("the matrix", () => {
  it.each(MATRIX.flatMap(([status, ...row]) => RISKS.map((risk, at) => ({ status, risk, is: row[at]! }))))(
    "$status x $risk is $is, with every lane, freeze and gap",
    ({ status, risk, is }) => {
      const burnRate6h = 1.8;
      const plain = soundFacts({ slos: [soundSlo({ status, burnRate6h })], declaredRisk: risk });
      expect(decide(plain, DEFAULT_GATE_POLICY).decision).toBe(is);
      for (const lane of LANE_CLAIMS)
        for (const freezes of FREEZES)
          for (const [name, damage] of [WHOLE, ...Object.entries(DAMAGES)]) {
            const facts = damage({ ...plain, lane, freezes });
            const missing = name !== WHOLE[0] || status === "no_data";
            const wanted = expected(facts, CELLS, risk, missing);
            const found = decide(facts, DEFAULT_GATE_POLICY).decision;
            expect(`${lane?.lane} ${lane?.refusedBecause} ${freezes.length} ${name}: ${found}`).toBe(
              `${lane?.lane} ${lane?.refusedBecause} ${freezes.length} ${name}: ${wanted}`,
            );
          }
    },
  );

  it("gives the strictest SLO the word, wherever it stands", () => {
    const of = (...statuses: SloStatus[]) =>
      ask({ slos: statuses.map((status) => soundSlo({ status })) }).decision;
    expect(of("healthy", "critical", "healthy")).toBe("defer");
    expect(of("healthy", "no_traffic")).toBe("review");
    expect(of("exhausted", "no_traffic", "healthy")).toBe("block");
    expect(of("healthy", "healthy")).toBe("approve");
  });
});

describe("what is missing", () => {
  it.each(Object.entries(DAMAGES))("is a review with insufficient data, and said, where %s", (_, damage) => {
    const verdict = decide(damage(soundFacts()), DEFAULT_GATE_POLICY);
    expect(verdict).toMatchObject({ decision: "review", status: "insufficient_data" });
    expect(verdict.floors.map(({ kind }) => kind)).toContain("missing");
    expect(verdict.rationale[0]).toBe(verdict.floors[0]!.text);
  });

  it("is nothing at exactly five minutes", () => {
    const edge = NOW_MS - 5 * MINUTE_MS;
    const slos = [soundSlo({ newestSampleMs: edge, evaluatedAtMs: edge })];
    expect(ask({ slos, errors: { level: "OK", asOfMs: edge } }).decision).toBe("approve");
  });

  it("is no errors signal where a service answers no requests", () => {
    expect(ask({ errors: { level: "not_measured", asOfMs: null } }).decision).toBe("approve");
  });

  it("never hides what is worse: a spent budget of old data blocks", () => {
    const slos = [soundSlo({ status: "exhausted", newestSampleMs: NOW_MS - 60 * MINUTE_MS })];
    expect(ask({ slos })).toMatchObject({ decision: "block", status: "exhausted" });
  });
});

describe("trouble around a service", () => {
  const incident = (severity: string) => ({ openIncidents: [{ id: "INC-1", severity, title: "it fails" }] });
  it.each<[string, Partial<GateFacts>, Decision]>([
    ["an open P1", incident("P1"), "defer"],
    ["an open P2", incident("P2"), "defer"],
    ["an open P3", incident("P3"), "approve"],
    ["a firing page", { firingPages: [{ name: "Errors", sinceMs: NOW_MS }] }, "defer"],
    ["a critical errors signal", { errors: { level: "CRITICAL", asOfMs: NOW_MS } }, "defer"],
    ["a warning errors signal", { errors: { level: "WARNING", asOfMs: NOW_MS } }, "approve"],
    ["a freeze", { freezes: FREEZES[1]! }, "block"],
  ])("%s: at least as strict as it says", (_, facts, decision) => {
    expect(ask(facts).decision).toBe(decision);
    expect(ask({ ...facts, slos: [soundSlo({ status: "exhausted" })] }).decision).toBe("block");
    const lane: LaneClaim = { lane: "p1_fix", evidence: "INC-1", refusedBecause: null };
    expect(ask({ ...facts, lane }).decision).toBe(decision === "approve" ? "approve" : "review");
  });

  it("leaves a lane that is closed without effect", () => {
    const lane: LaneClaim = { lane: "security", evidence: "CVE-2026-12345", refusedBecause: null };
    const frozen = { freezes: FREEZES[1]!, lane };
    expect(ask(frozen, { lanes: ["p1_fix"] })).toMatchObject({ decision: "block", laneUsed: false });
    expect(ask(frozen)).toMatchObject({ decision: "review", laneUsed: true });
    expect(ask({ lane })).toMatchObject({ decision: "approve", laneUsed: false });
  });
});

describe("spending that was agreed to", () => {
  const spending = { id: "s", amountRatio: 0.1, approvedBy: "Ada", untilMs: NOW_MS + 1 };
  const deferred = { slos: [soundSlo({ status: "critical", burnRate6h: 3 })] };
  it.each<[string, Partial<GateFacts>, Decision]>([
    ["what budgets alone defer", { ...deferred, spending }, "review"],
    ["nothing once it is over", { ...deferred, spending: { ...spending, untilMs: NOW_MS } }, "defer"],
    ["nothing for an amount of zero", { ...deferred, spending: { ...spending, amountRatio: 0 } }, "defer"],
    ["nothing for no amount", { ...deferred, spending: { ...spending, amountRatio: NaN } }, "defer"],
    ["no block", { slos: [soundSlo({ status: "exhausted" })], spending }, "block"],
    ["no freeze", { ...deferred, freezes: FREEZES[1]!, spending }, "block"],
    ["no page", { ...deferred, firingPages: [{ name: "Errors", sinceMs: 0 }], spending }, "defer"],
    ["no review", { slos: [soundSlo({ status: "warning", burnRate6h: 1.8 })], spending }, "review"],
  ])("eases %s", (_, facts, decision) => {
    expect(ask(facts).decision).toBe(decision);
  });

  // Under a policy that only defers an overspent budget: the standard one blocks it, which no spending lifts.
  const exhausted = { low: "defer", medium: "block", high: "block" } as const;
  const spent = (...left: (number | null)[]) => ({
    slos: left.map((budgetRemainingRatio) => soundSlo({ status: "exhausted", budgetRemainingRatio })),
  });
  it.each<[string, Partial<GateFacts>, number, Decision]>([
    ["the budget is spent to the last", spent(0), 0.1, "review"],
    ["less than was agreed is spent beyond it", spent(-0.0999), 0.1, "review"],
    ["exactly what was agreed is spent beyond it", spent(-0.1), 0.1, "defer"],
    ["more is spent", spent(-0.3), 0.25, "defer"],
    ["more was agreed", spent(-0.3), 0.31, "review"],
    ["one of two has spent more", spent(-0.05, -0.2), 0.1, "defer"],
    ["nobody knows what is left", spent(null), 1, "defer"],
    ["what is left is no number", spent(NaN), 1, "defer"],
  ])("counts by its amount: %s", (_, facts, amountRatio, decision) => {
    const matrix = { ...DEFAULT_GATE_POLICY.matrix, exhausted };
    const agreed = { ...facts, spending: { ...spending, amountRatio } };
    expect(ask(agreed, { matrix }).decision).toBe(decision);
    expect(ask({ ...agreed, spending: null }, { matrix }).decision).toBe("defer");
  });

  it("says what has used it up", () => {
    const matrix = { ...DEFAULT_GATE_POLICY.matrix, exhausted };
    const { rationale } = ask({ ...spent(-0.3), spending: { ...spending, amountRatio: 0.25 } }, { matrix });
    expect(rationale).toContain(
      "25.0 % more were agreed to and are used up: checkout/availability has -30.0 % left",
    );
  });
});

describe("the risk that counts", () => {
  it.each<[Risk | null, string | null, Risk, Risk]>([
    [null, null, "low", "low"],
    ["medium", null, "low", "medium"],
    ["high", null, "low", "high"],
    ["low", "critical", "medium", "medium"],
    ["high", "critical", "medium", "high"],
    [null, "unheard of", "low", "low"],
    [null, "constructor", "low", "low"],
  ])("declared %s, tier %s with at least %s: %s", (declaredRisk, tier, leastRisk, effective) => {
    const tiers = { critical: { leaseMinutes: 30, leastRisk } };
    expect(ask({ declaredRisk, tier }, { tiers }).risk.effective).toBe(effective);
  });

  it("is never lower than the score, whatever was declared", () => {
    const risk = { ...soundFacts().risk, linesChanged: 6_000, migration: true, rollbackReady: false };
    // 30 + 20 + 15
    expect(ask({ risk, declaredRisk: "low" }).risk).toMatchObject({ score: 65, effective: "high" });
  });
});

describe("words", () => {
  it("name what decides, with its figures", () => {
    const burning = { status: "critical", burnRate6h: 2.34, budgetRemainingRatio: 0.412 } as const;
    const verdict = ask({ slos: [soundSlo(burning)], declaredRisk: "medium" });
    expect(verdict.rationale).toEqual([
      "checkout/availability is critical, burns 2.3x over 6 h and has 41.2 % of its budget left: critical x medium = block",
      "risk is medium: scored 0 of 100 (low) and declared medium",
    ]);
    expect(verdict.conditions).toEqual([
      { decision: "approve", when: "the 6 h burn falls to 1.0x or less: checkout/availability (now 2.3x)" },
    ]);
    expect(verdict.alternatives.map(({ decision, how }) => [decision, how])).toEqual([
      ["defer", "a low-risk change: a new commit declared low, not medium"],
      [null, "a canary of at most 11 % for 30 min: failing wholly, it costs 10 % of what is left"],
    ]);
  });

  it("say once what is missing, and what is stricter than its review", () => {
    const blind = { status: "no_data", newestSampleMs: null } as const;
    const slos = [soundSlo(), soundSlo({ ...blind, key: "checkout/latency" })];
    expect(ask({ slos }).rationale).toEqual([
      "checkout/latency has no data",
      expect.stringMatching(/^risk is low/),
    ]);
    const matrix = {
      ...DEFAULT_GATE_POLICY.matrix,
      no_data: { low: "block", medium: "block", high: "block" },
    } as const;
    expect(ask({ slos }, { matrix }).rationale).toEqual([
      "checkout/latency has no data",
      "checkout/latency has no data: block",
      "1 more of its objectives are no stricter",
      expect.stringMatching(/^risk is low/),
    ]);
  });

  it("say no more of an approval than that nothing stands against it", () => {
    expect(ask()).toMatchObject({ decision: "approve", conditions: [], alternatives: [] });
  });

  it("name only incidents that count, and two things that have to come together", () => {
    const openIncidents = [
      { id: "INC-1", severity: "P1", title: "it fails" },
      { id: "INC-2", severity: "P4", title: "a typo" },
    ];
    expect(ask({ openIncidents, freezes: FREEZES[1]! }).conditions).toEqual([
      { decision: "approve", when: "resolved: INC-1 and the freeze is over, 2026-11-18 12:01 UTC" },
      { decision: "defer", when: "the freeze is over, 2026-11-18 12:01 UTC" },
    ]);
  });

  it("shed no more points than there are: a sum above 100 does not fall below by what was cut off", () => {
    const risk = {
      ...soundFacts().risk,
      ...{ linesChanged: 9_000, migration: true, rollbackReady: false, dependents: 40, tier: "critical" },
      releases: { failed: 1, total: 1 },
    };
    // 30 + 20 + 15 + 12 + 10 + 50 = 137, held at 100; without failures 87, in small parts 57, which is medium.
    const slos = [soundSlo({ status: "warning", burnRate6h: 1.8 })];
    const { score, parts } = ask({ risk, slos }).risk;
    expect([score, parts.reduce((sum, part) => sum + part.points, 0)]).toEqual([100, 137]);
    expect(ask({ risk, slos }).alternatives.slice(0, 2)).toEqual([
      {
        decision: "defer",
        how: "a medium-risk change: wait for releases that do not fail (-50) and release it in smaller parts (-30)",
      },
      {
        decision: "review",
        how: "a low-risk change: wait for releases that do not fail (-50), release it in smaller parts (-30), prepare a rollback (-21) and split off the schema migration (-20)",
      },
    ]);
  });

  it("promise no smaller change that the tier would not count as one", () => {
    const tiers = { critical: { leaseMinutes: 30, leastRisk: "high" as const } };
    expect(ask({ tier: "critical" }, { tiers })).toMatchObject({
      decision: "review",
      alternatives: [{ decision: null }],
    });
  });
});
