import { describe, expect, it } from "vitest";
import { type Change, difference } from "./difference.ts";

describe("difference", () => {
  it.each<[string, unknown, unknown, Change[], number]>([
    ["nothing at all", null, null, [], 0],
    ["the same", { a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 }, [], 2],
    ["something new", null, { role: "sre" }, [{ path: "role", before: null, after: "sre" }], 0],
    ["something gone", { role: "sre" }, null, [{ path: "role", before: "sre", after: null }], 0],
    [
      "a list",
      { id: 7, roles: ["viewer"] },
      { id: 7, roles: ["viewer", "sre"] },
      [{ path: "roles", before: "viewer", after: "viewer, sre" }],
      1,
    ],
    [
      "a field below another, unset and set to null",
      { t: { p99: 0.5, low: 1 } },
      { t: { p99: null } },
      [
        { path: "t.low", before: "1", after: null },
        { path: "t.p99", before: "0.5", after: "null" },
      ],
      0,
    ],
    [
      "empty things",
      { a: {}, b: [] },
      { a: "", b: {} },
      [
        { path: "a", before: "{}", after: '""' },
        { path: "b", before: "[]", after: "{}" },
      ],
      0,
    ],
    ["lists of objects", { m: [{ l: 1 }] }, { m: [] }, [{ path: "m", before: '[{"l":1}]', after: "[]" }], 0],
    ["a text for a whole", "old", "new", [{ path: "", before: "old", after: "new" }], 0],
    [
      "what lies deep",
      { a: { b: { c: { d: { e: 1 } } } } },
      { a: { b: { c: { d: { e: 2 } } } } },
      [{ path: "a.b.c.d", before: '{"e":1}', after: '{"e":2}' }],
      0,
    ],
  ])("tells %s", (_, before, after, changes, same) => {
    expect(difference(before, after)).toEqual({ changes, same });
  });

  it("takes a key that JavaScript has a meaning for as any other", () => {
    expect(difference(null, JSON.parse('{"__proto__":{"x":1}}')).changes).toEqual([
      { path: "__proto__.x", before: null, after: "1" },
    ]);
  });
});
