import { describe, expect, it } from "vitest";
import { divideHours, partValue } from "./spend-parts.ts";

const numbers = (numerator: (number | null)[], total: (number | null)[] | null) => ({ numerator, total });

describe("divideHours", () => {
  it("divides what the ledger counted in each hour as the source says", () => {
    const hours = [
      { bad: 30, total: 300 },
      { bad: 10, total: 100 },
    ];
    const parts = new Map([
      ["/pay", numbers([20, 10], [100, 50])],
      ["/cart", numbers([10, 0], [200, 50])],
    ]);
    expect(divideHours(hours, parts, "bad")).toEqual([
      { name: "/pay", bad: 30, total: 150 },
      { name: "/cart", bad: 10, total: 250 },
    ]);
  });

  it("keeps to the ledger where it counts less: half of the hour was left out", () => {
    const parts = new Map([
      ["/pay", numbers([20], [100])],
      ["/cart", numbers([20], [300])],
    ]);
    expect(divideHours([{ bad: 20, total: 200 }], parts, "bad")).toEqual([
      { name: "/pay", bad: 10, total: 50 },
      { name: "/cart", bad: 10, total: 150 },
    ]);
  });

  it("leaves an hour to nobody when the source has forgotten it, or names nobody", () => {
    const parts = new Map([["/pay", numbers([null, 0], [null, 50])]]);
    expect(
      divideHours(
        [
          { bad: 8, total: 80 },
          { bad: 5, total: 50 },
        ],
        parts,
        "bad",
      ),
    ).toEqual([{ name: "/pay", bad: 0, total: 50 }]);
  });

  it("takes the bad ones to be what is not good where good events are counted", () => {
    const parts = new Map([
      ["/fast", numbers([100], [100])],
      ["/slow", numbers([10], [100])],
      ["/dead", numbers([null], [10])],
    ]);
    expect(divideHours([{ bad: 100, total: 210 }], parts, "good")).toEqual([
      { name: "/fast", bad: 0, total: 100 },
      { name: "/slow", bad: 90, total: 100 },
      { name: "/dead", bad: 10, total: 10 },
    ]);
  });

  it("knows no events of a part whose label is what makes it bad", () => {
    const parts = new Map([
      ["500", numbers([3], null)],
      ["504", numbers([1], null)],
    ]);
    expect(divideHours([{ bad: 8, total: 80 }], parts, "bad")).toEqual([
      { name: "500", bad: 6, total: 0 },
      { name: "504", bad: 2, total: 0 },
    ]);
  });
});

it("a part without a total has no events, and none that are good", () => {
  expect(partValue("bad", 3, null)).toEqual({ bad: 3, total: 0 });
  expect(partValue("good", 3, null)).toEqual({ bad: 0, total: 0 });
  expect(partValue("good", NaN, 10)).toEqual({ bad: 0, total: 0 });
});
