// The whole suite from a fresh clone: check, unit, integration, build, browser. Ends with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { playwrightTally, type Tally, vitestTally } from "./read-reports.ts";
import { bin, root, runStep } from "./run-step.ts";

const REPORTS = path.join(root, "test-results", "reports");
const CHROMIUM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

function chromium(): string {
  const found = [process.env.CHROMIUM_PATH ?? "", ...CHROMIUM_PATHS].find(
    (file) => file !== "" && existsSync(file),
  );
  if (found) return found;
  console.log("burnline: installing Chromium with apt-get");
  const sudo = process.getuid?.() === 0 ? [] : ["sudo"];
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const [command = "", ...rest] = [...sudo, "apt-get", "-q", ...args];
    spawnSync(command, rest, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
  const installed = CHROMIUM_PATHS.find((file) => existsSync(file));
  if (!installed)
    throw new Error("Chromium is not installed and apt-get could not bring it; set CHROMIUM_PATH");
  return installed;
}

function read(report: string): unknown {
  const file = path.join(REPORTS, report);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** A suite that ran no test, or whose runner died, counts as one failure. */
function tallied(name: string, { passed, failed, remarks }: Tally, code: number): Tally {
  const crashed = (code !== 0 && failed === 0) || passed + failed === 0;
  if (!crashed) return { passed, failed, remarks };
  return { passed, failed: failed + 1, remarks: [...remarks, `${name}: ended with ${code}`] };
}

async function step(name: string, command: string, args: string[], env = process.env): Promise<number> {
  console.log(`\n== ${name}`);
  const result = await runStep(command, args, true, env);
  console.log(`== ${name}: exit ${result.code} after ${result.seconds.toFixed(1)} s`);
  return result.code;
}

async function vitest(project: string): Promise<Tally> {
  const report = `${project}.json`;
  const code = await step(project, bin("vitest"), [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--silent=passed-only",
    "--reporter=json",
    `--outputFile.json=${path.join(REPORTS, report)}`,
  ]);
  return tallied(project, vitestTally(project, read(report)), code);
}

async function browser(): Promise<Tally> {
  const env = {
    ...process.env,
    CHROMIUM_PATH: chromium(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(REPORTS, "browser.json"),
  };
  const code = await step("browser", bin("playwright"), ["test", "--reporter=list,json"], env);
  return tallied("browser", playwrightTally(read("browser.json")), code);
}

async function single(name: string, entry: string, env = process.env): Promise<Tally> {
  const code = await step(name, process.execPath, ["--import", "./register.ts", entry], env);
  return code === 0
    ? { passed: 1, failed: 0, remarks: [] }
    : { passed: 0, failed: 1, remarks: [`${name}: failed`] };
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const startedAt = performance.now();
const check = await single("check", ".ci/check.ts");
const tallies: Tally[] = [check, await vitest("unit"), await vitest("integration")];
// The check has read the types of all that is built; a build by itself reads them too.
const typesChecked = check.failed === 0 ? { TYPES_CHECKED: "1" } : {};
const build = await single("build", ".ci/build.ts", { ...process.env, ...typesChecked });
tallies.push(
  build,
  build.failed > 0 ? { passed: 0, failed: 1, remarks: ["browser: nothing to run it on"] } : await browser(),
);

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
const remarks = tallies.flatMap((tally) => tally.remarks);
if (remarks.length > 0) console.log(`\n${remarks.join("\n")}`);
console.log(`\nall of it in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
