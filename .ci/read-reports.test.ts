import { expect, it } from "vitest";
import { playwrightTally, vitestTally } from "./read-reports.ts";

const test = (fullName: string, status: string) => ({ fullName, status });

it("names the tests that failed, and the file that could not be read", () => {
  const report = {
    numPassedTests: 2,
    numFailedTests: 1,
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        assertionResults: [test("adds", "passed"), test("divides", "failed")],
      },
      { name: "b.test.ts", status: "failed", assertionResults: [] },
      { name: "c.test.ts", status: "passed", assertionResults: [test("waits", "passed")] },
    ],
  };
  expect(vitestTally("unit", report)).toEqual({
    passed: 2,
    failed: 1,
    remarks: ["unit: failed: a.test.ts: divides", "unit: failed: b.test.ts"],
  });
});

it("names journeys that failed or needed a second try, however deep they are grouped", () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const report = {
    stats: { expected: 1, unexpected: 1, flaky: 1 },
    suites: [
      {
        title: "hands.spec.ts",
        specs: [spec("scrolls", "expected")],
        suites: [{ title: "keyboard", specs: [spec("goes", "unexpected"), spec("returns", "flaky")] }],
      },
    ],
  };
  expect(playwrightTally(report)).toEqual({
    passed: 2,
    failed: 1,
    remarks: ["browser: failed: keyboard: goes", "browser: passed at the second try: keyboard: returns"],
  });
});

it("counts nothing where there is no report", () => {
  expect(vitestTally("unit", undefined)).toEqual({ passed: 0, failed: 0, remarks: [] });
  expect(playwrightTally(undefined)).toEqual({ passed: 0, failed: 0, remarks: [] });
});
