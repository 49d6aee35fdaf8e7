import { expect, test } from "vitest";
import { nextSort, sortRows } from "./sort-rows.ts";

const rows = [{ v: 2 }, { v: null }, { v: 10 }, { v: 1 }];
const values = (sorted: typeof rows) => sorted.map((row) => row.v);

test("numbers sort as numbers, and what has no figure is last either way", () => {
  expect(values(sortRows(rows, (row) => row.v, "ascending"))).toEqual([1, 2, 10, null]);
  expect(values(sortRows(rows, (row) => row.v, "descending"))).toEqual([10, 2, 1, null]);
});

test("names sort with their numbers read as numbers", () => {
  expect(sortRows(["ai10", "ai2", "Ai1"], (name) => name, "ascending")).toEqual(["Ai1", "ai2", "ai10"]);
});

test("a first click sorts descending, a second one turns it round", () => {
  const first = nextSort(null, "p99");
  expect(first).toEqual({ key: "p99", direction: "descending" });
  expect(nextSort(first, "p99")).toEqual({ key: "p99", direction: "ascending" });
  expect(nextSort(first, "errors")).toEqual({ key: "errors", direction: "descending" });
});
