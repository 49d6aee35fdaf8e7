import { expect, test } from "vitest";
import { logqlPlace } from "./logql-place.ts";

test.each([
  ["", { kind: "function", from: 0 }],
  ["su", { kind: "function", from: 0 }],
  ["{", { kind: "label", from: 1 }],
  ["{ser", { kind: "label", from: 1 }],
  ['{service="checkout", no', { kind: "label", from: 21 }],
  ["{service=", { kind: "value", from: 9, label: "service", quoted: false }],
  ['{service="', { kind: "value", from: 10, label: "service", quoted: true }],
  ['{service=~"che', { kind: "value", from: 11, label: "service", quoted: true }],
  // A comma or a brace within a string ends nothing.
  ['{a="x,y{", b="q', { kind: "value", from: 14, label: "b", quoted: true }],
  ['{a="\\"", b', { kind: "label", from: 9 }],
  ["{a=`{`} | ", { kind: "stage", from: 10 }],
  ['{a="b"} | js', { kind: "stage", from: 10 }],
  ['{a="b"}|', { kind: "stage", from: 8 }],
  ['{a="b"} |= "te', { kind: "nothing" }],
  ['{a="b"} ', { kind: "nothing" }],
  ["sum(ra", { kind: "function", from: 4 }],
  ["sum by (no", { kind: "label", from: 8 }],
  ["sum by (node, le", { kind: "label", from: 14 }],
  ['sum by (node) (count_over_time({a="b"}[5m])) / ', { kind: "function", from: 47 }],
  ["# {", { kind: "nothing" }],
  ["# x\n{", { kind: "label", from: 5 }],
] as const)("%j", (before, place) => expect(logqlPlace(before)).toEqual(place));
