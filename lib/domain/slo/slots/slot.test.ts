import { expect, test } from "vitest";
import { dayOfSlot, mergeRanges, slotAt, type SlotRange, slotsOutward, slotStartMs } from "./slot.ts";

const at = (time: string) => Date.parse(`2026-11-20T${time}Z`);
const midnight = slotAt(at("00:00:00"));

test.each([
  ["00:00:00", 0],
  ["00:04:59", 0],
  ["00:05:00", 1],
  ["23:59:59", 287],
])("%s lies in slot %d of its day", (time, slot) => {
  expect(slotAt(at(time)) - midnight).toBe(slot);
  expect(dayOfSlot(slotAt(at(time)))).toBe(20_777);
});

test("a slot starts at a whole five minutes in UTC", () => {
  expect(new Date(slotStartMs(slotAt(at("13:37:11")))).toISOString()).toBe("2026-11-20T13:35:00.000Z");
});

test.each<[string, string, string, SlotRange]>([
  ["whole slots stay", "01:00:00", "01:10:00", { from: 12, to: 14 }],
  ["both ends go outward", "01:04:59", "01:05:01", { from: 12, to: 14 }],
  ["a second takes its slot", "01:02:00", "01:02:01", { from: 12, to: 13 }],
])("%s", (_, start, end, expected) => {
  const { from, to } = slotsOutward(at(start), at(end));
  expect({ from: from - midnight, to: to - midnight }).toEqual(expected);
});

test("ranges that touch or overlap become one, empty ones go", () => {
  const ranges = [
    { from: 9, to: 12 },
    { from: 1, to: 3 },
    { from: 3, to: 5 },
    { from: 10, to: 11 },
    { from: 7, to: 7 },
  ];
  expect(mergeRanges(ranges)).toEqual([
    { from: 1, to: 5 },
    { from: 9, to: 12 },
  ]);
});
