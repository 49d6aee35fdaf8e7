import { expect, it } from "vitest";
import type { DecisionRecord } from "#lib/contracts/decisions.ts";
import { newestOfEach } from "./newest-of-each.ts";

const record = (service: string, decision: string, seq: number) =>
  ({ service, decision, seq }) as unknown as DecisionRecord;

it("keeps the newest of each service, the strictest first", () => {
  const records = [
    record("search", "approve", 9),
    record("checkout", "block", 8),
    record("search", "block", 7),
    record("auth", "review", 6),
    record("checkout", "approve", 5),
  ];
  expect(newestOfEach(records).map(({ seq }) => seq)).toEqual([8, 6, 9]);
});
