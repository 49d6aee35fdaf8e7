import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launchBrowser, secondsToFirstPaint, startDemo } from "./demo-run.ts";
import { arm, atMost, type Arm, type Bar } from "./report.ts";

const FIRST_START_LIMIT_S = 60;
const SECOND_START_LIMIT_S = 15;

/** From an empty state folder to the painted Health page, and again on the same folder. */
export async function benchStartUp(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const first: number[] = [];
  const second: number[] = [];
  const browser = await launchBrowser();
  for (let round = 0; round < rounds; round += 1) {
    const home = mkdtempSync(path.join(tmpdir(), "burnline-bench-"));
    for (const times of [first, second]) {
      const demo = await startDemo(home);
      try {
        times.push(await secondsToFirstPaint(demo, browser));
      } finally {
        await demo.stop();
      }
    }
    rmSync(home, { recursive: true, force: true });
  }
  await browser.close();
  const arms = [
    arm("first start to painted Health", "s", first),
    arm("second start to painted Health", "s", second),
  ];
  return {
    arms,
    bars: [
      atMost("first start", arms[0]?.median ?? NaN, FIRST_START_LIMIT_S, "s"),
      atMost("second start", arms[1]?.median ?? NaN, SECOND_START_LIMIT_S, "s"),
    ],
  };
}
