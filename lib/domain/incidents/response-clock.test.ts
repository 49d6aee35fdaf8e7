import { expect, test } from "vitest";
import { clockBeganMs, respondByMs } from "./response-clock.ts";
import type { Severity } from "./severity.ts";

test.each<[Severity, string, string | null, string]>([
  ["P1", "2026-11-20T12:00:00Z", null, "2026-11-20T12:05:00Z"],
  ["P2", "2026-11-20T12:00:00Z", null, "2026-11-20T13:00:00Z"],
  ["P3", "2026-11-20T22:00:00Z", null, "2026-11-21T02:00:00Z"],
  ["P4", "2026-11-18T12:00:00Z", null, "2026-11-20T00:00:00Z"],
  ["P4", "2026-11-20T12:00:00Z", null, "2026-11-24T00:00:00Z"],
  ["P1", "2026-11-20T12:00:00Z", "2026-11-20T14:00:00Z", "2026-11-20T14:05:00Z"],
  ["P4", "2026-11-20T12:00:00Z", "2026-11-23T01:00:00Z", "2026-11-25T00:00:00Z"],
  // Detection was set to after the reopening.
  ["P2", "2026-11-20T12:00:00Z", "2026-11-20T11:00:00Z", "2026-11-20T13:00:00Z"],
])("%s detected at %s, opened again at %s: by %s", (severity, detected, reopened, by) => {
  const began = clockBeganMs(Date.parse(detected), reopened === null ? null : Date.parse(reopened));
  expect(respondByMs(severity, began)).toBe(Date.parse(by));
});
