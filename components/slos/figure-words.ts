import type { Explanation } from "#lib/contracts/slo-budgets.ts";
import { TIER_KEYS } from "#lib/domain/slo/alerts/tiers.ts";
import { writeCount, writeRatio, writeSeconds, writeTimes } from "#lib/domain/words/figures.ts";
import { tierName } from "./slo-words.ts";

const NAMES: Readonly<Record<string, string>> = {
  budgetRatio: "error budget B",
  budgetConsumedRatio: "budget consumed",
  budgetRemainingRatio: "budget left",
  budgetRemainingEvents: "budget left in events",
  budgetRemainingMinutes: "budget left in minutes",
  sustainedBurnRate: "sustained burn rate",
  timeToExhaustionSeconds: "time to exhaustion",
  paceRatio: "pace",
};

/** What a figure is called: "burnRate{6h}" → "burn rate over 6h". */
export function figureName(name: string): string {
  const [, base, of] = /^(\w+)\{(\w+)\}$/.exec(name) ?? [];
  if (base === undefined || of === undefined) return NAMES[name] ?? name;
  if (base === "budgetSpend") {
    const tier = TIER_KEYS.find((key) => key === of);
    return `budget spent in the long window of ${tier ? tierName(tier) : of}`;
  }
  const over = of === "window" ? "the window" : of;
  return base === "burnRate" ? `burn rate over ${over}` : `error ratio over ${over}`;
}

type Unit = Explanation["figures"][number]["unit"];

const negative = (write: (value: number) => string) => (value: number) =>
  value < 0 ? `-${write(-value)}` : write(value);
const WRITERS: Record<Unit, (value: number) => string> = {
  ratio: negative(writeRatio),
  rate: writeTimes,
  events: writeCount,
  minutes: negative((minutes) => writeSeconds(minutes * 60)),
  seconds: writeSeconds,
};

/** A figure with its unit; "no data" where there is none. */
export function writeFigure(value: number | null, unit: Unit): string {
  return value === null ? "no data" : WRITERS[unit](value);
}
