import { expect, it } from "vitest";
import { readRecurrence } from "./recurrence.ts";
import { recurrenceInWords } from "./recurrence-words.ts";

it.each([
  ["FREQ=DAILY", "every day"],
  ["FREQ=DAILY;INTERVAL=3", "every 3 days"],
  ["FREQ=WEEKLY;BYDAY=FR", "every Friday"],
  ["FREQ=WEEKLY;BYDAY=SA,SU", "every Saturday and Sunday"],
  ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks on Monday"],
  ["FREQ=WEEKLY", "every week"],
  ["FREQ=MONTHLY;BYDAY=-1FR", "on the last Friday of every month"],
  ["FREQ=MONTHLY;BYDAY=2TU,-2WE", "on the second Tuesday and second last Wednesday of every month"],
  ["FREQ=MONTHLY;BYMONTHDAY=1,-1", "on the 1 and last day of every month"],
  ["FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15;COUNT=4", "on the 15 of every 3 months, 4 times"],
  ["FREQ=DAILY;COUNT=1", "every day, 1 time"],
  ["FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231T235959Z", "every Friday, until 2026-12-31"],
])("%s is %s", (text, words) => {
  const reading = readRecurrence(text);
  if (!reading.ok) throw new Error(reading.reason);
  expect(recurrenceInWords(reading.rule)).toBe(words);
});
