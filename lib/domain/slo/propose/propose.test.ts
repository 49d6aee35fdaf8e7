import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { METRIC_PRESETS } from "#lib/domain/signals/presets.ts";
import { checkDefinition } from "../definition/check-definition.ts";
import { chooseMaxAge, chooseThreshold } from "./choose-bounds.ts";
import { finishCandidate } from "./finish-candidate.ts";
import { nodeCandidates } from "./node-candidates.ts";
import { ceilingOf, recommendTarget, type TargetFacts } from "./recommend-target.ts";
import { type CatalogueFacts, dependentsOf, recommendTier } from "./recommend-tier.ts";
import { serviceCandidates, type SeenMetrics } from "./service-candidates.ts";

const service = (name: string, tier: CatalogueFacts["tier"], ...dependencies: string[]): CatalogueFacts => ({
  name,
  tier,
  dependencies,
});

/** web → checkout → auth → db; reports → db. */
const CATALOGUE = [
  service("web", "essential", "checkout"),
  service("checkout", "critical", "auth"),
  service("auth", "standard", "db"),
  service("reports", "best_effort", "db"),
  service("db", null),
  service("mail", null),
];
const named = (name: string) => CATALOGUE.find((one) => one.name === name)!;

describe("a tier", () => {
  it.each([
    ["web", "essential", "It is essential in the catalogue."],
    ["checkout", "critical", "It is critical in the catalogue."],
    ["auth", "critical", "checkout is critical and depends on it."],
    ["db", "critical", "checkout is critical and depends on it through auth."],
    ["reports", "best_effort", "It is best effort in the catalogue."],
    ["mail", "standard", "Nobody gave it a tier; without another reason it is standard."],
  ])("of %s is %s: %s", (name, tier, reason) => {
    const advice = recommendTier(named(name), CATALOGUE);
    expect(advice.tier).toBe(tier);
    expect(advice.rationale[0]).toBe(reason);
  });

  it.each([
    [2, "standard"],
    [3, "essential"],
    [5, "essential"],
    [6, "critical"],
  ])("of what %d services depend on is %s", (count, tier) => {
    const callers = Array.from({ length: count }, (_, at) => service(`caller-${at}`, null, "shared"));
    expect(recommendTier(service("shared", null), callers).tier).toBe(tier);
  });

  it("comes to an end where services depend on each other in a ring", () => {
    const ring = [service("a", null, "b"), service("b", "critical", "c"), service("c", null, "a")];
    expect(dependentsOf("a", ring).map((one) => [one.service.name, one.through])).toEqual([
      ["c", null],
      ["b", "c"],
    ]);
    expect(recommendTier(ring[0]!, ring).tier).toBe("critical");
  });
});

const facts = (target: number, goodRatio: number | null, ...dependencies: number[]): TargetFacts => ({
  wanted: { target, by: "the essential tier" },
  measured: { goodRatio, coverage: null },
  dependencies: dependencies.map((ratio, at) => ({ name: `d${at}`, goodRatio: ratio })),
});

describe("a target", () => {
  it.each([
    // Wanted, measured, dependencies → target.
    ["the tier's, when it was met with a fifth to spare", facts(0.999, 0.9992), 0.999],
    ["lower, when hardly anything would have been left", facts(0.999, 0.99919), 0.998],
    ["the rung below what was measured", facts(0.999, 0.9961), 0.995],
    ["of whole percents, when much failed", facts(0.99, 0.917), 0.85],
    ["the tier's without data", facts(0.999, null), 0.999],
    ["not above what it depends on", facts(0.9995, 1, 0.9991), 0.999],
    ["not above what its dependencies give together: 0.9985", facts(0.999, 1, 0.999, 0.9995), 0.998],
    ["bounded by dependencies without data of its own", facts(0.999, null, 0.991), 0.99],
  ])("is %s", (_, given, target) => expect(recommendTarget(given)?.target).toBe(target));

  it("is none when not even half was good", () => expect(recommendTarget(facts(0.9, 0.4))).toBeNull());

  it("says why in plain words, and how to go on", () => {
    expect(recommendTarget(facts(0.999, 0.99956))?.reasons).toEqual([
      "99.956 % was measured over the last 30 days: 99.9 %, as the essential tier promises, would have been met with room to spare.",
    ]);
    expect(recommendTarget(facts(0.999, 0.9961, 0.9951))).toEqual({
      target: 0.995,
      reasons: [
        "99.61 % was measured over the last 30 days: 99.9 % would have been missed.",
        "It depends on d0 (99.51 %), which gave no more: no more can be promised.",
        "Begin with 99.5 %, which would have left at least a fifth of its budget, and step up to 99.9 %.",
      ],
      phases: [
        { target: 0.995, months: 1 },
        { target: 0.998, months: 2 },
        { target: 0.999, months: null },
      ],
    });
  });

  it("names everything it depends on", () => {
    expect(recommendTarget(facts(0.9995, 1, 0.9999, 0.9998, 0.9997))?.reasons[0]).toBe(
      "It depends on d0 (99.99 %), d1 (99.98 %) and d2 (99.97 %), which gave 99.94 % together: no more can be promised.",
    );
  });

  it("is never above what was measured, wanted, or given by dependencies", () => {
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        ratio,
        fc.array(ratio, { maxLength: 4 }),
        fc.constantFrom(0.9, 0.99, 0.9995),
        (good, others, wanted) => {
          const advice = recommendTarget(facts(wanted, good, ...others));
          if (advice === null) return;
          expect(advice.target).toBeLessThanOrEqual(Math.min(wanted, good));
          expect(advice.target).toBeLessThanOrEqual(
            ceilingOf(facts(wanted, good, ...others).dependencies) ?? 1,
          );
        },
      ),
    );
  });
});

describe("a threshold", () => {
  const LE = ["0.1", "0.25", "0.5", "1.0", "1", "+Inf"];
  it.each([
    [0.5, LE, 1, 0.5],
    [0.3, LE, 1, 0.5],
    [2, LE, 1, 1],
    [0.5, ["100", "500", "+Inf"], 0.001, 0.5],
  ])("for %d s among %j is a bound that exists", (wanted, labels, scale, seconds) =>
    expect(chooseThreshold(wanted, labels, scale)?.seconds).toBe(seconds),
  );
  it("is none without a histogram", () => expect(chooseThreshold(0.5, ["+Inf"], 1)).toBeNull());

  it.each([
    [60, 300],
    [300, 600],
    [3_600, 7_200],
    [86_400, 26 * 3_600],
    [7 * 86_400, 8 * 86_400],
  ])("for successes %d s apart is an age of %d s", (between, age) =>
    expect(chooseMaxAge(between)?.seconds).toBe(age),
  );
  it("is none for what succeeds once a month", () => expect(chooseMaxAge(30 * 86_400)).toBeNull());
});

describe("candidates", () => {
  const seen: SeenMetrics = {
    requests: true,
    bounds: ["0.25", "0.5"],
    secondsBetweenSuccesses: null,
    records: false,
  };
  const subject = { name: "pay", kind: "api", owner: "money", names: METRIC_PRESETS.prometheus } as const;
  const tier = { tier: "critical", rationale: [] } as const;
  const advice = { ...tier, rationale: [] };

  it("are only what the metrics can measure", () => {
    const names = (metrics: Partial<SeenMetrics>) =>
      serviceCandidates(subject, { ...seen, ...metrics }, advice).map(({ definition }) => definition.name);
    expect(names({})).toEqual(["availability", "latency"]);
    expect(names({ bounds: [] })).toEqual(["availability"]);
    expect(names({ requests: false, bounds: [], secondsBetweenSuccesses: 86_400, records: true })).toEqual([
      "freshness",
      "completeness",
    ]);
    expect(names({ requests: false, bounds: [] })).toEqual([]);
  });

  it("have a threshold that is a bound, and its tier", () => {
    const [, latency] = serviceCandidates(subject, seen, advice);
    expect(latency?.definition).toMatchObject({ tier: "critical", sli: { thresholdSeconds: 0.25 } });
    expect(latency?.reasons).toEqual([
      "The histogram has no bound at 100 ms, the tier's p99: 250 ms is the next bound above.",
    ]);
  });

  it("can all be saved once they have a target", () => {
    const all = [
      ...serviceCandidates(subject, { ...seen, secondsBetweenSuccesses: 86_400, records: true }, advice),
      ...nodeCandidates({ name: "nas1", instances: ["nas1:9100"], jobs: ["node"] }),
    ];
    expect(all).toHaveLength(7);
    for (const candidate of all) {
      const past = () => ({ goodRatio: 0.97, coverage: null });
      const finished = finishCandidate(candidate, past, [{ name: "db", goodRatio: 0.93 }]);
      expect(checkDefinition(finished!.definition)).toEqual([]);
      const [{ target } = { target: NaN }] = finished!.definition.objectives;
      expect(target).toBe(candidate.dependsOnOthers ? 0.9 : 0.95);
    }
  });

  it("take a looser threshold where only that bears what the tier wants", () => {
    const bounds = ["0.1", "0.25", "0.5", "1", "+Inf"];
    const [, latency] = serviceCandidates(subject, { ...seen, bounds }, advice);
    /** 74 % within 100 ms, 98.9 % within 250, 99.5 % within half a second. */
    const shares: Record<number, number> = { 0.1: 0.74, 0.25: 0.989, 0.5: 0.995, 1: 1 };
    const past = ({ sli }: { sli: object }) => ({
      goodRatio: "thresholdSeconds" in sli ? (shares[Number(sli.thresholdSeconds)] ?? null) : null,
      coverage: null,
    });
    const finished = finishCandidate(latency!, past, []);
    expect(finished).toMatchObject({
      definition: { sli: { thresholdSeconds: 0.5 }, objectives: [{ target: 0.99 }], phases: [] },
      measured: { goodRatio: 0.995 },
    });
    expect(finished?.reasons[1]).toBe(
      "Too few were within 100 ms; 500 ms is the first bound that bears what is wanted.",
    );
    const never = finishCandidate(latency!, () => ({ goodRatio: 0.97, coverage: null }), []);
    expect(never?.definition).toMatchObject({
      sli: { thresholdSeconds: 0.1 },
      objectives: [{ target: 0.95 }],
    });
  });

  it("of a node name its own exporter", () => {
    const [reachable] = nodeCandidates({ name: "nas1", instances: ["nas1:9100"], jobs: ["node"] });
    expect(reachable?.definition.sli).toMatchObject({
      expression: 'min(up{instance=~"nas1:9100",job="node"})',
    });
  });
});
