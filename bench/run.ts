// npm run bench [-- --json FILE] [--rounds N] [--only NAME]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { benchAlerts } from "./alerts.ts";
import { benchDrawing } from "./drawing.ts";
import { benchGate } from "./gate.ts";
import { benchHealth } from "./health-page.ts";
import { report, table, type Arm, type Bar } from "./report.ts";
import { benchSignIn } from "./sign-in.ts";
import { benchLedger } from "./ledger.ts";
import { benchQueryPlane } from "./query-plane.ts";
import { benchScrolling } from "./scrolling.ts";
import { benchServicesList } from "./services-list.ts";
import { benchStartUp } from "./start-up.ts";

const SUITES: Record<string, (rounds: number) => Promise<{ arms: Arm[]; bars: Bar[] }>> = {
  "start-up": benchStartUp,
  "health-page": benchHealth,
  drawing: benchDrawing,
  scrolling: benchScrolling,
  "sign-in": benchSignIn,
  alerts: benchAlerts,
  ledger: benchLedger,
  gate: benchGate,
  "query-plane": benchQueryPlane,
  "services-list": benchServicesList,
};

const { values } = parseArgs({
  options: { json: { type: "string" }, rounds: { type: "string", default: "5" }, only: { type: "string" } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1 || (values.only !== undefined && !(values.only in SUITES))) {
  console.error(
    `usage: npm run bench -- [--json FILE] [--rounds N] [--only ${Object.keys(SUITES).join("|")}]`,
  );
  process.exit(2);
}

const arms: Arm[] = [];
const bars: Bar[] = [];
for (const [name, suite] of Object.entries(SUITES)) {
  if (values.only !== undefined && values.only !== name) continue;
  const result = await suite(rounds);
  arms.push(...result.arms);
  bars.push(...result.bars);
}
const result = report(rounds, arms, bars);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
console.log(table(result));
process.exit(bars.every((bar) => bar.met) ? 0 : 1);
