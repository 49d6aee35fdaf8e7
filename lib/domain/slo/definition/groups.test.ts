import { expect, test } from "vitest";
import { checkGroupCount, groupKey, groupOf, MAX_GROUPS } from "./groups.ts";

test("a series belongs to the group of its labels; one it lacks is empty", () => {
  const labels = { route: "/pay", node: "ai1", instance: "10.0.0.1:80" };
  expect(groupOf(labels, ["node", "route"])).toEqual({ node: "ai1", route: "/pay" });
  expect(groupOf(labels, ["zone"])).toEqual({ zone: "" });
  expect(groupOf(labels, [])).toEqual({});
});

test("a group has one key in whatever order its labels come, and no other has it", () => {
  expect(groupKey({ node: "ai1", route: "/pay" })).toBe(groupKey({ route: "/pay", node: "ai1" }));
  expect(groupKey({ a: 'x","b' })).not.toBe(groupKey({ a: "x", b: "" }));
});

test("a group too many is refused, at the field that splits", () => {
  expect(checkGroupCount(MAX_GROUPS)).toEqual([]);
  expect(checkGroupCount(MAX_GROUPS + 1).map(({ path }) => path)).toEqual([["groupBy"]]);
});
