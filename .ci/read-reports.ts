export interface Tally {
  passed: number;
  failed: number;
  /** What did not pass at once, a line each: said again at the end, where everybody looks first. */
  remarks: string[];
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/** What Vitest's JSON report says; no report is no test. */
export function vitestTally(project: string, report: unknown): Tally {
  if (report === undefined) return { passed: 0, failed: 0, remarks: [] };
  const { numPassedTests, numFailedTests, testResults } = report as VitestReport;
  const remarks = testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    // A file that fails without a failing test could not even be read.
    if (status === "failed" && failed.length === 0) return [`${project}: failed: ${name}`];
    return failed.map(({ fullName }) => `${project}: failed: ${name}: ${fullName}`);
  });
  return { passed: numPassedTests, failed: numFailedTests, remarks };
}

interface Suite {
  title: string;
  suites?: Suite[];
  specs?: { title: string; tests: { status: string }[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: Suite[];
}

const REMARKABLE: Readonly<Record<string, string>> = {
  unexpected: "failed",
  flaky: "passed at the second try",
};

function journeyRemarks({ title, suites = [], specs = [] }: Suite): string[] {
  const own = specs.flatMap((spec) =>
    spec.tests.flatMap(({ status }) => {
      const remark = REMARKABLE[status];
      return remark === undefined ? [] : [`browser: ${remark}: ${title}: ${spec.title}`];
    }),
  );
  return [...own, ...suites.flatMap(journeyRemarks)];
}

/** What Playwright's JSON report says; a journey that needed a second try passed, and is named. */
export function playwrightTally(report: unknown): Tally {
  if (report === undefined) return { passed: 0, failed: 0, remarks: [] };
  const { stats, suites } = report as PlaywrightReport;
  const { expected, flaky, unexpected } = stats;
  return { passed: expected + flaky, failed: unexpected, remarks: suites.flatMap(journeyRemarks) };
}
