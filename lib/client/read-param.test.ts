import { expect, test } from "vitest";
import { choiceParam, known, textParam } from "./read-param.ts";

test.each([
  ["pay", "pay"],
  ["", undefined],
  [undefined, undefined],
  [["a", "b"], undefined],
  ["x".repeat(200), "x".repeat(200)],
  ["x".repeat(201), undefined],
])("the text of %j is %j", (value, text) => expect(textParam(value)).toBe(text));

test.each([
  ["b", "b"],
  ["c", undefined],
  [["a"], undefined],
  [undefined, undefined],
])("the choice of %j is %j", (value, choice) => expect(choiceParam(["a", "b"], value)).toBe(choice));

test("leaves out what is undefined alone", () =>
  expect(Object.keys(known({ a: undefined, b: null, c: false }))).toEqual(["b", "c"]));
