import { expect, test } from "vitest";
import { compareStatus, type Level, type Status, statusOfLevel, worstStatus } from "./status.ts";

test.each<[Level, Status]>([
  ["CRITICAL", "critical"],
  ["WARNING", "warning"],
  ["UNKNOWN", "no_data"],
  ["OK", "healthy"],
])("%s shows as %s", (level, status) => expect(statusOfLevel(level)).toBe(status));

test("missing data ranks below real trouble and above health", () => {
  const statuses: Status[] = ["healthy", "no_data", "attention", "exhausted", "warning", "critical"];
  expect(statuses.sort(compareStatus)).toEqual([
    "exhausted",
    "critical",
    "warning",
    "no_data",
    "attention",
    "healthy",
  ]);
});

test.each<[Status[], Status]>([
  [[], "no_data"],
  [["healthy", "attention"], "attention"],
  [["healthy", "no_data", "attention"], "no_data"],
  [["warning", "no_data"], "warning"],
])("the worst of %j is %s", (statuses, worst) => expect(worstStatus(statuses)).toBe(worst));
