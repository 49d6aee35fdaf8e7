import { describe, expect, it } from "vitest";
import { attributeSpend } from "./attribution.ts";

const routes = [
  { name: "/search", bad: 10, total: 1000 },
  { name: "/pay", bad: 60, total: 600 },
  { name: "/ok", bad: 0, total: 5000 },
  { name: "/cart", bad: 10, total: 400 },
];

describe("attributeSpend", () => {
  it("names the biggest spender first; shares add up to what was consumed", () => {
    const shares = attributeSpend(routes, { bad: 80, budgetConsumedRatio: 0.4 }, 10);
    expect(shares).toEqual([
      { name: "/pay", bad: 60, badShare: 0.75, errorRatio: 0.1, budgetConsumedRatio: 0.3 },
      { name: "/cart", bad: 10, badShare: 0.125, errorRatio: 0.025, budgetConsumedRatio: 0.05 },
      { name: "/search", bad: 10, badShare: 0.125, errorRatio: 0.01, budgetConsumedRatio: 0.05 },
    ]);
  });

  it("puts those past the limit, and what no part accounts for, in one row", () => {
    const shares = attributeSpend(routes, { bad: 100, budgetConsumedRatio: 0.5 }, 1);
    expect(shares.map(({ name, bad, budgetConsumedRatio }) => [name, bad, budgetConsumedRatio])).toEqual([
      ["/pay", 60, 0.3],
      [null, 40, 0.2],
    ]);
    expect(shares[1]?.errorRatio).toBeNull();
  });

  it("has nobody to name when nothing failed", () => {
    expect(attributeSpend(routes, { bad: 0, budgetConsumedRatio: 0 }, 10)).toEqual([]);
  });

  it("knows the shares also where the budget is unknown", () => {
    const [first] = attributeSpend(routes, { bad: 80, budgetConsumedRatio: null }, 1);
    expect(first).toMatchObject({ badShare: 0.75, budgetConsumedRatio: null });
  });
});
