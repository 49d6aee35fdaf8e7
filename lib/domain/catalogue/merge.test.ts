import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeEdits, mergeSightings, valuesInForce } from "./merge.ts";

interface Values {
  team: string | null;
  nodes: string[];
  kind: string;
}
const DEFAULTS: Values = { team: null, nodes: [], kind: "api" };

describe("valuesInForce", () => {
  it.each<[string, Partial<Values>, Partial<Values>, Values]>([
    ["nothing known: the defaults", {}, {}, { team: null, nodes: [], kind: "api" }],
    ["seen", { team: "core", nodes: ["ai1"] }, {}, { team: "core", nodes: ["ai1"], kind: "api" }],
    [
      "a person outranks discovery",
      { team: "core" },
      { team: "pay" },
      { team: "pay", nodes: [], kind: "api" },
    ],
    ["a person's null is none", { team: "core" }, { team: null }, { team: null, nodes: [], kind: "api" }],
    [
      "a person's empty list is none",
      { nodes: ["ai1"] },
      { nodes: [] },
      { team: null, nodes: [], kind: "api" },
    ],
    ["discovery's null is not a gap", { team: null }, {}, { team: null, nodes: [], kind: "api" }],
    ["undefined says nothing", { kind: "web" }, { kind: undefined }, { team: null, nodes: [], kind: "web" }],
  ])("%s", (_, discovered, edits, expected) => {
    expect(valuesInForce(DEFAULTS, discovered, edits)).toEqual(expected);
  });
});

describe("mergeEdits", () => {
  it.each<[string, Partial<Values>, Partial<Values>, Partial<Values>]>([
    ["a first edit", {}, { team: "pay" }, { team: "pay" }],
    ["other fields stay", { team: "pay" }, { kind: "web" }, { team: "pay", kind: "web" }],
    ["the newer wins, null too", { team: "pay" }, { team: null }, { team: null }],
    ["undefined changes nothing", { team: "pay" }, { team: undefined }, { team: "pay" }],
    ["lists are replaced, not united", { nodes: ["ai1"] }, { nodes: ["ai2"] }, { nodes: ["ai2"] }],
    ["a name given twice counts once", {}, { nodes: ["ai1", "ai2", "ai1"] }, { nodes: ["ai1", "ai2"] }],
  ])("%s", (_, edits, patch, expected) => {
    expect(mergeEdits(edits, patch)).toEqual(expected);
  });
});

const seen = {
  name: "checkout",
  kind: "api",
  namespace: null,
  tier: null,
  team: null,
  nodes: [],
  dependencies: [],
};

describe("mergeSightings", () => {
  it("unites lists and fills single facts from the first source that knows them", () => {
    const merged = mergeSightings([
      { ...seen, nodes: ["ai1"], team: "pay", dependencies: ["auth"] },
      { ...seen, name: "auth" },
      {
        ...seen,
        kind: "web",
        nodes: ["ai2", "ai1"],
        team: "core",
        tier: "critical",
        dependencies: ["auth", "db"],
      },
    ]);
    expect(merged).toEqual([
      { ...seen, nodes: ["ai1", "ai2"], team: "pay", tier: "critical", dependencies: ["auth", "db"] },
      { ...seen, name: "auth" },
    ]);
  });

  it("drops a service's dependency on itself", () => {
    expect(mergeSightings([{ ...seen, dependencies: ["checkout", "auth"] }])[0]?.dependencies).toEqual([
      "auth",
    ]);
  });

  it("names every service once and loses no node, in whatever order sources answer", () => {
    const sighting = fc.record({
      name: fc.constantFrom("a", "b", "c"),
      namespace: fc.constantFrom(null, "prod"),
      tier: fc.constant(null),
      team: fc.constant(null),
      nodes: fc.array(fc.constantFrom("ai1", "ai2", "nas1")),
      dependencies: fc.constant<string[]>([]),
    });
    fc.assert(
      fc.property(fc.array(sighting), (sightings) => {
        const merged = mergeSightings(sightings);
        const names = sightings.map(({ name }) => name);
        expect(merged.map(({ name }) => name)).toEqual([...new Set(names)]);
        for (const { name, nodes } of merged) {
          const expected = sightings.filter((s) => s.name === name).flatMap((s) => s.nodes);
          expect([...nodes].sort()).toEqual([...new Set(expected)].sort());
        }
      }),
    );
  });
});
