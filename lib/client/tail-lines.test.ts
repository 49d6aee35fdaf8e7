import { expect, test } from "vitest";
import type { TailMessage } from "#lib/contracts/log-routes.ts";
import { hearTail, NO_TAIL_LINES, pauseTail, type TailLines } from "./tail-lines.ts";

const line = (second: number, text = `line ${second}`) => ({
  timestampNs: `17952121${String(second).padStart(2, "0")}000000000`,
  line: text,
  labels: { service: "web" },
  fields: {},
  level: "info" as const,
});
const OPEN: TailMessage = { topic: "open" };
const told = (...seconds: number[]): TailMessage => ({
  topic: "lines",
  lines: seconds.map((second) => line(second)),
  droppedBySource: 0,
  droppedHere: 0,
});
const heard = (messages: readonly TailMessage[], from: TailLines = NO_TAIL_LINES) =>
  messages.reduce((tail, message) => hearTail(tail, message, 0), from);
const textsOf = ({ lines }: TailLines) => lines.map((one) => one.line.replace("line ", ""));

test("lines are shown newest first", () => {
  const tail = heard([OPEN, told(1, 2), told(3)]);
  expect([textsOf(tail), tail.breaks]).toEqual([["3", "2", "1"], 0]);
});

test("what was told before a loss is not shown twice, and where both meet nothing is missing", () => {
  const tail = heard([OPEN, told(1, 2, 3), OPEN, told(2, 3, 4), told(5)]);
  expect([textsOf(tail), tail.breaks]).toEqual([["5", "4", "3", "2", "1"], 0]);
});

test("equal lines of one time are told apart from those of another stream", () => {
  const other = { ...line(2, "line 2"), labels: { service: "other" } };
  const again: TailMessage = { topic: "lines", lines: [line(2), other], droppedBySource: 0, droppedHere: 0 };
  expect(textsOf(heard([OPEN, told(1, 2), OPEN, again]))).toEqual(["2", "2", "1"]);
});

test("where nothing meets, lines may be missing: once for each loss", () => {
  const once = heard([OPEN, told(1), OPEN, told(8)]);
  expect([textsOf(once), once.breaks]).toEqual([["8", "1"], 1]);
  // Opened and lost again without a word is the same gap.
  expect(heard([OPEN, OPEN, told(20)], once).breaks).toBe(2);
  expect(heard([OPEN, told(8, 9)], once).breaks).toBe(1);
});

test("what waits while the list stands still is known as well", () => {
  const paused = pauseTail(heard([OPEN, told(1)]), true);
  const tail = heard([told(2), OPEN, told(1, 2, 3)], paused);
  expect([textsOf(pauseTail(tail, false)), tail.breaks]).toEqual([["3", "2", "1"], 0]);
});

test("a tail that had told nothing has lost nothing", () => {
  expect(heard([OPEN, OPEN, told(1)]).breaks).toBe(0);
});
