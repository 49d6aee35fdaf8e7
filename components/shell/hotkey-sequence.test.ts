import { expect, test } from "vitest";
import { hotkeyNames, isForeignPress } from "./hotkey-sequence.ts";

test("a key alone has one name, a key soon after another also the pair", () => {
  expect(hotkeyNames(null, "t", 0)).toEqual(["t"]);
  expect(hotkeyNames({ key: "g", atMs: 0 }, "s", 1000)).toEqual(["g s", "s"]);
});

test("after a second the first key is forgotten", () => {
  expect(hotkeyNames({ key: "g", atMs: 0 }, "s", 1001)).toEqual(["s"]);
});

test("presses in fields, with modifiers and of Shift itself are left alone", () => {
  const press = { key: "t", ctrlKey: false, metaKey: false, altKey: false, target: { closest: () => null } };
  expect(isForeignPress(press)).toBe(false);
  expect(isForeignPress({ ...press, target: null })).toBe(false);
  expect(isForeignPress({ ...press, metaKey: true })).toBe(true);
  expect(isForeignPress({ ...press, key: "Shift" })).toBe(true);
  expect(isForeignPress({ ...press, target: { closest: () => ({}) } })).toBe(true);
});
