import { describe, expect, it } from "vitest";
import { factsAt, type ServiceFacts } from "./facts.ts";
import { heal, inject, openFaults, UnknownFault } from "./fault-requests.ts";
import { isReady, PODS } from "./pod-state.ts";
import { momentAt } from "./moment.ts";
import { createWorld } from "./script.ts";

const BIRTH_MS = Date.UTC(2026, 10, 18, 15, 7, 31);
const AT = BIRTH_MS + 60_000;
const newWorld = () => createWorld({ seed: 7, birthMs: BIRTH_MS, days: 1 });

/** Facts of a pod a minute after a fault, beside those of the same moment without it. */
function compare(
  request: Record<string, unknown>,
  service: string,
  node: string,
): Record<"calm" | "struck", ServiceFacts> {
  const struck = newWorld();
  inject(struck, request, BIRTH_MS);
  const of = (world: typeof struck) =>
    factsAt(world, AT).find((facts) => facts.service === service && facts.node === node)!;
  return { calm: of(newWorld()), struck: of(struck) };
}

describe("an injected fault", () => {
  it.each([
    [{ scenario: "meteor" }, "scenario", "log-storm"],
    [{}, "scenario", "errors"],
    [{ scenario: "errors", target: "ai1" }, "target", "checkout"],
    [{ scenario: "node-down", target: "checkout" }, "target", "ai2"],
    [{ scenario: "latency", target: 7 }, "target", "web"],
  ])("%j is refused with the field and what is known", (request, field, known) => {
    const world = newWorld();
    const faults = structuredClone(world.faults);
    try {
      inject(world, request, BIRTH_MS);
      expect.fail("was accepted");
    } catch (error) {
      expect(error).toBeInstanceOf(UnknownFault);
      expect((error as UnknownFault).field).toBe(field);
      expect((error as UnknownFault).known).toContain(known);
    }
    expect(world.faults).toEqual(faults);
  });

  it("is one fault however often it is asked for, until it is healed", () => {
    const world = newWorld();
    const first = inject(world, { scenario: "errors" }, BIRTH_MS);
    expect(first).toMatchObject({ scenario: "errors", target: "checkout", fromMs: BIRTH_MS, toMs: null });
    expect(inject(world, { scenario: "errors", target: "checkout" }, AT)).toBe(first);
    expect(openFaults(world)).toEqual([first]);
    expect(heal(world, AT)).toEqual([{ ...first, toMs: AT }]);
    expect(openFaults(world)).toEqual([]);
    expect(heal(world, AT + 1)).toEqual([]);
  });

  it("of errors fails requests of its service alone", () => {
    const { calm, struck } = compare({ scenario: "errors", target: "auth" }, "auth", "ai1");
    expect(calm.errorRatio).toBeLessThan(0.001);
    expect(struck.errorRatio).toBeGreaterThan(0.1);
    expect(struck.faults).toEqual(["errors"]);
    const other = compare({ scenario: "errors", target: "auth" }, "web", "ai1");
    expect(other.struck).toEqual(other.calm);
  });

  it("of latency slows, and of traffic multiplies", () => {
    const slow = compare({ scenario: "latency", target: "web" }, "web", "ai2");
    expect(slow.struck.p95Seconds / slow.calm.p95Seconds).toBeGreaterThan(8);
    const busy = compare({ scenario: "traffic-spike" }, "search", "ai1");
    expect(busy.struck.requestsPerSecond / busy.calm.requestsPerSecond).toBeCloseTo(3.5);
  });

  it("of a node takes its pods down and gives their traffic to the others", () => {
    const down = compare({ scenario: "node-down" }, "checkout", "ai2");
    expect(down.struck.requestsPerSecond).toBe(0);
    const left = compare({ scenario: "node-down" }, "checkout", "ai1");
    expect(left.struck.requestsPerSecond).toBeCloseTo(2 * left.calm.requestsPerSecond);
    const world = newWorld();
    const ready = (tMs: number) =>
      PODS.filter((pod) => isReady(pod, momentAt(world, tMs))).map(({ node }) => node);
    inject(world, { scenario: "node-down" }, BIRTH_MS);
    expect(ready(BIRTH_MS - 1)).toContain("ai2");
    expect(ready(AT)).not.toContain("ai2");
    heal(world, AT);
    expect(ready(AT)).toContain("ai2");
  });

  it("of a disk fills it within two minutes and makes writes fail", () => {
    const world = newWorld();
    inject(world, { scenario: "disk-full" }, BIRTH_MS);
    const tank = (tMs: number) => momentAt(world, tMs).nodes[2]!.filesystemUsedRatios[1];
    expect(tank(BIRTH_MS - 1)).toBeCloseTo(0.91, 3);
    expect(tank(BIRTH_MS + 120_000)).toBeCloseTo(0.997, 6);
    const { calm, struck } = compare({ scenario: "disk-full" }, "media-store", "nas1");
    expect(struck.errorRatio).toBeGreaterThan(20 * calm.errorRatio);
  });

  it("is healed alone, where its target is named", () => {
    const world = newWorld();
    inject(world, { scenario: "errors" }, BIRTH_MS);
    inject(world, { scenario: "latency", target: "search" }, BIRTH_MS);
    expect(heal(world, AT, "checkout")).toMatchObject([{ scenario: "errors", target: "checkout", toMs: AT }]);
    expect(heal(world, AT, "checkout")).toEqual([]);
    expect(heal(world, AT)).toMatchObject([{ scenario: "latency", target: "search" }]);
  });

  it("of logs is only told to whoever writes them", () => {
    const { calm, struck } = compare({ scenario: "log-storm", target: "search" }, "search", "ai2");
    expect(struck).toEqual({ ...calm, faults: ["log-storm"] });
  });
});
