import { expect, it } from "vitest";
import { levelOf } from "./level.ts";

it.each([
  [{ detected_level: "error" }, { level: "info" }, "", "error"],
  [{ detected_level: "unknown" }, { level: "WARNING" }, "", "warn"],
  [{ severity: "CRIT" }, {}, "", "critical"],
  [{}, { detected_level: "fatal" }, "", "critical"],
  [{}, {}, 'ts=1 level=debug msg="error"', "debug"],
  [{}, {}, '{"msg":"x","severity":"Warning"}', "warn"],
  [{}, {}, "2026-11-20 ERROR could not bind", "error"],
  [{}, {}, "[FATAL] gone", "critical"],
  [{}, {}, "an error in lower case is only a word", "unknown"],
  [{}, {}, "INFORMER started", "unknown"],
  [{ level: "constructor" }, {}, "level=__proto__", "unknown"],
  [{}, {}, `${"x".repeat(500)} ERROR`, "unknown"],
])("%j %j %s is %s", (fields, labels, line, expected) => {
  expect(levelOf(fields, labels, line)).toBe(expected);
});
