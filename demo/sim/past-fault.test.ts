import { describe, expect, it } from "vitest";
import { openFaults } from "./fault-requests.ts";
import { addPastFault, parsePastFault } from "./past-fault.ts";
import { createWorld } from "./script.ts";
import { simulate } from "./simulation.ts";
import { noCheckpoints } from "./testing.ts";
import { truth } from "./truth.ts";

const MINUTE_MS = 60_000;
const BIRTH_MS = Date.UTC(2026, 10, 18, 15, 7, 31);
const ago = (minutes: number) => BIRTH_MS - minutes * MINUTE_MS;

function worldWith(sentence: string) {
  const world = createWorld({ seed: 7, birthMs: BIRTH_MS, days: 0.2 });
  addPastFault(world, parsePastFault(sentence));
  return world;
}

describe("a fault of the past", () => {
  it.each([
    ["that is over", "errors checkout 84 60", { fromMs: ago(84), toMs: ago(60) }],
    ["that goes on", "errors checkout 24", { fromMs: ago(24), toMs: null }],
    ["that ends with the birth", "errors checkout 24 0", { fromMs: ago(24), toMs: BIRTH_MS }],
  ])("%s", (_, sentence, span) => {
    const fault = worldWith(sentence).faults.at(-1);
    expect(fault).toEqual({ scenario: "errors", target: "checkout", strength: 0.12, ...span });
  });

  it("that goes on is one that can be healed", () => {
    expect(openFaults(worldWith("latency web 5"))).toMatchObject([{ scenario: "latency", target: "web" }]);
  });

  it.each([
    ["", "is written like"],
    ["errors checkout", "is written like"],
    ["errors checkout 60 84", "is written like"],
    ["errors checkout 60 60", "is written like"],
    ["errors checkout 0", "is written like"],
    ["errors checkout -5", "is written like"],
    ["errors checkout 1.5", "is written like"],
    ["errors checkout 84 60 20", "is written like"],
    ["meteor checkout 84", /scenario: "meteor" is unknown/],
    ["errors ai1 84", /target: "ai1" is unknown/],
  ])("%j is refused", (sentence, why) => {
    expect(() => parsePastFault(sentence)).toThrow(why);
  });

  it("fails every eighth request from its first to its last minute, and none before or after", () => {
    const simulation = simulate(worldWith("errors checkout 84 60"), () => noCheckpoints());
    const ratio = (from: number, to: number) => {
      const { bad, total } = truth(simulation, "checkout", ago(from), ago(to));
      return bad / total;
    };
    expect(ratio(84, 60)).toBeCloseTo(0.12, 3);
    expect(ratio(120, 84)).toBeLessThan(0.001);
    expect(ratio(60, 0)).toBeLessThan(0.001);
  });
});
