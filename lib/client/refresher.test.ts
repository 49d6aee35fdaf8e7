import type { InvalidateQueryFilters, Query, QueryKey } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import { Refresher } from "./refresher.ts";

const KEYS: readonly QueryKey[] = [
  ["incidents", "list", {}],
  ["incidents", "alarms"],
  ["incidents", "one", "INC-1", "detail"],
  ["incidents", "one", "INC-1", "timeline"],
  ["incidents", "one", "INC-2", "timeline"],
  ["slos", "list"],
];
const LISTS = KEYS.slice(0, 2);

let rounds: QueryKey[][];
let answer: () => void;
let refresher: Refresher;
beforeEach(() => {
  rounds = [];
  const invalidateQueries = ({ predicate }: InvalidateQueryFilters = {}) => {
    rounds.push(KEYS.filter((queryKey) => predicate?.({ queryKey } as unknown as Query)));
    return new Promise<void>((resolve) => (answer = resolve));
  };
  refresher = new Refresher({ invalidateQueries } as ConstructorParameters<typeof Refresher>[0]);
});
const answered = async () => {
  answer();
  await new Promise((resolve) => setTimeout(resolve));
};
const fact = (incidentId: string, seq: string) =>
  refresher.hear({ topic: "timeline", incidentId, seq } as const);

describe("Refresher", () => {
  it("asks for lists and for the incident that was told of, and for nothing else", () => {
    fact("INC-1", "5");
    expect(rounds).toEqual([[...LISTS, KEYS[2], KEYS[3]]]);
  });

  it("lets a round end, then asks once for all that was told meanwhile", async () => {
    fact("INC-1", "5");
    for (let seq = 6; seq < 1000; seq++) fact("INC-2", String(seq));
    expect(rounds).toHaveLength(1);
    await answered();
    expect(rounds).toEqual([expect.anything(), [...LISTS, KEYS[4]]]);
    await answered();
    expect(rounds).toHaveLength(2);
  });

  it("asks for everything when a greeting is ahead, and for nothing when it is not", async () => {
    refresher.hear({ topic: "hello", head: "9" });
    expect(rounds).toEqual([KEYS.slice(0, 5)]);
    await answered();
    refresher.hear({ topic: "hello", head: "9" });
    fact("INC-1", "9");
    refresher.hear({ topic: "alive" });
    expect(rounds).toHaveLength(1);
    refresher.hear({ topic: "hello", head: "10" });
    expect(rounds).toHaveLength(2);
  });

  it("goes on with everything while a fact is told between", async () => {
    fact("INC-1", "5");
    refresher.hear({ topic: "hello", head: "9" });
    fact("INC-2", "10");
    await answered();
    expect(rounds[1]).toEqual(KEYS.slice(0, 5));
  });
});
