import { describe, expect, it } from "vitest";
import type { SloEntry } from "#lib/contracts/slos.ts";
import type { Budget } from "#lib/contracts/slo-budgets.ts";
import { filterSlos, groupSlos, type SloFilter, slosInWords } from "./slo-order.ts";

const NONE: SloFilter = { q: "", status: null, tier: null, owner: null, node: null, service: null };

function slo(
  key: string,
  status: SloEntry["status"],
  left: number | null,
  more: Partial<SloEntry> = {},
): SloEntry {
  const [service = "", name = ""] = key.split("/");
  return {
    id: key,
    key,
    name,
    description: "Requests answered",
    service,
    node: null,
    owner: "pay",
    tier: "critical",
    sli: "availability",
    version: 1,
    revision: 1,
    source: "ui",
    hasDraft: false,
    status,
    objectives: [],
    groups: [],
    backfillRatio: null,
    problem: null,
    evaluatedAt: null,
    worst: left === null ? null : ({ budgetRemainingRatio: left } as Budget),
    firing: [],
    ...more,
  };
}

const CHECKOUT = slo("checkout/availability", "healthy", 0.9);
const LATENCY = slo("checkout/latency", "critical", 0.4, { sli: "latency" });
const SEARCH = slo("search/availability", "critical", 0.1, { owner: "find", tier: "standard" });
const NODE = slo("x", "no_data", null, { key: "node:nas1/up", service: null, node: "nas1", owner: null });
const JOURNEY = slo("x", "healthy", 0.2, { id: "j", key: "journey:buy", service: null, tier: null });
const ALL = [CHECKOUT, LATENCY, SEARCH, NODE, JOURNEY];
const keysOf = (groups: ReturnType<typeof groupSlos>) =>
  groups.map(({ name, slos }) => [name, slos.map(({ key }) => key)]);

describe("groupSlos", () => {
  it("puts the worst first, whole groups by their worst; unknown budgets after known ones", () => {
    expect(keysOf(groupSlos(ALL, "worst"))).toEqual([
      ["search", ["search/availability"]],
      ["checkout", ["checkout/latency", "checkout/availability"]],
      ["Nodes", ["node:nas1/up"]],
      ["User journeys", ["journey:buy"]],
    ]);
  });

  it("puts drafts last: nothing is known of them, good or bad", () => {
    const draft = slo("checkout/drafted", "no_data", null, { version: 0 });
    expect(keysOf(groupSlos([draft, CHECKOUT], "worst"))).toEqual([
      ["checkout", ["checkout/availability", "checkout/drafted"]],
    ]);
  });

  it("sorts by name and by what is left", () => {
    expect(keysOf(groupSlos(ALL, "name")).map(([name]) => name)).toEqual([
      "checkout",
      "User journeys",
      "Nodes",
      "search",
    ]);
    expect(keysOf(groupSlos(ALL, "budget")).map(([name]) => name)).toEqual([
      "search",
      "User journeys",
      "checkout",
      "Nodes",
    ]);
  });

  it("keeps a service apart from the group of the nodes", () => {
    const groups = groupSlos([NODE, slo("Nodes/up", "healthy", 1)], "name");
    expect(groups.map(({ kind, slos }) => [kind, slos.length])).toEqual([
      ["nodes", 1],
      ["service", 1],
    ]);
  });
});

describe("filterSlos", () => {
  it.each<[Partial<SloFilter>, SloEntry[]]>([
    [{ q: "check avail" }, [CHECKOUT]],
    [{ q: "FIND" }, [SEARCH]],
    [{ status: "critical" }, [LATENCY, SEARCH]],
    [{ tier: "standard" }, [SEARCH]],
    [{ owner: "find" }, [SEARCH]],
    [{ node: "nas1" }, [NODE]],
    [{ service: "checkout", status: "healthy" }, [CHECKOUT]],
    [{ q: "zzz" }, []],
    [{}, ALL],
  ])("%j", (filter, expected) => expect(filterSlos(ALL, { ...NONE, ...filter })).toEqual(expected));
});

describe("slosInWords", () => {
  it.each<[SloEntry[], string]>([
    [ALL, "2 critical, 1 no data of 5 SLOs"],
    [[CHECKOUT], "1 SLO, all healthy"],
    [[], "0 SLOs"],
    [[slo("a/draft", "no_data", null, { version: 0 })], "1 SLO"],
  ])("reads %#", (slos, words) => expect(slosInWords(slos)).toBe(words));
});
