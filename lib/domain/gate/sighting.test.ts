import { expect, test } from "vitest";
import { becomesOf, clearanceOf } from "./sighting.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const release = (state: string, more: object = {}) => ({
  ...{ id: state, commit: "0123abcdef", state, leaseUntilMs: null },
  ...more,
});
const approved = (leaseUntilMs: number) => release("approved", { leaseUntilMs });

test.each([
  ["nothing", [], [], "no_release", null, "nobody had asked for it"],
  ["a lease that runs", [approved(NOW + 1)], [], "cleared", "approved", ""],
  ["a lease that ends now", [approved(NOW)], [], "not_cleared", "approved", "its approval had run out"],
  [
    "an approval without a lease",
    [release("approved")],
    [],
    "not_cleared",
    "approved",
    "its approval had run out",
  ],
  ["a review that waits", [release("waiting")], [], "not_cleared", "waiting", "its release was waiting"],
  ["a block", [release("blocked")], [], "not_cleared", "blocked", "its release was blocked"],
  [
    "one taken back",
    [release("rolled_back")],
    [],
    "not_cleared",
    "rolled_back",
    "its release was rolled back",
  ],
  ["one that CI told of", [release("deploying")], [], "cleared", "deploying", ""],
  ["one that was out before", [release("rejected"), release("deployed")], [], "cleared", "deployed", ""],
  ["a short commit", [approved(NOW + 1)], ["0123ABC"], "cleared", "approved", ""],
  ["a longer commit", [approved(NOW + 1)], ["ffffffff", "0123abcdef99"], "cleared", "approved", ""],
  [
    "another commit",
    [approved(NOW + 1)],
    ["ffffffff"],
    "no_release",
    null,
    "it was asked for as 0123abcdef, what runs is ffffffff",
  ],
] as const)("a version is seen to run, there is %s", (_, releases, commits, gate, id, because) => {
  const clearance = clearanceOf(releases, commits, NOW);
  expect([clearance.gate, clearance.release?.id ?? null, clearance.because]).toEqual([gate, id, because]);
});

const V2 = { version: "v2", previous: "v1", state: "running" };
test.each([
  ["runs beside the one before", V2, ["v1", "v2"], null],
  ["runs alone", V2, ["v2"], "finished"],
  ["is gone, the one before is back", V2, ["v1"], "rolled_back"],
  ["had finished, the one before is back", { ...V2, state: "finished" }, ["v1"], "rolled_back"],
  ["had finished and still runs", { ...V2, state: "finished" }, ["v2"], null],
  ["had finished, a pod of the one before is still seen", { ...V2, state: "finished" }, ["v1", "v2"], null],
  ["was taken back", { ...V2, state: "rolled_back" }, ["v1"], null],
  ["is gone, nobody knows what ran before", { ...V2, previous: null }, ["v1"], null],
  ["is gone, another one runs", V2, ["v3"], null],
  ["nothing is seen", V2, [], null],
] as const)("a deployment that %s", (_, seen, running, becomes) => {
  expect(becomesOf(seen, new Set<string>(running))).toBe(becomes);
});
