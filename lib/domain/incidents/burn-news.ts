import { type TierInForce, type TierKey } from "../slo/alerts/tiers.ts";
import { compareSloStatus, type SloStatus } from "../slo/status/axes.ts";
import { listOf } from "../words/language.ts";

/** What of a budget must not be passed unheard. */
const BUDGET_LINES = [0.5, 0.25, 0.1, 0] as const;

/** How a budget stood when it was last told of. */
export interface BurnTold {
  /** Null where nobody had looked yet. */
  status: SloStatus | null;
  firing: readonly TierKey[];
  /** The least that was left of it at any time told of; null where that is not known. */
  leastRatio: number | null;
}

/** How it stands now. */
export interface BurnNow {
  status: SloStatus;
  budgetRemainingRatio: number | null;
  /** `firing` null: nothing is known of it just now, and it counts as before. */
  tiers: readonly (Pick<TierInForce, "key" | "action" | "longMinutes"> & { firing: boolean | null })[];
}

/** What there is to tell of it. */
export interface BurnNews {
  text: string;
  status: SloStatus;
  firing: TierKey[];
  /** Whether anything of it is bad news. */
  worse: boolean;
}

const wordOf = (status: SloStatus) => status.replace("_", " ");

function crossedLine({ leastRatio }: BurnTold, now: number | null): number | null {
  if (leastRatio === null || now === null) return null;
  const below = (ratio: number, line: number) => (line === 0 ? ratio <= 0 : ratio < line);
  return BUDGET_LINES.findLast((line) => below(now, line) && !below(leastRatio, line)) ?? null;
}

const lineWords = (line: number) =>
  line === 0 ? "nothing left of its budget" : `less than ${line * 100} % of its budget left`;
const hours = (minutes: number) => (minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`);

function tierWords(tiers: BurnNow["tiers"], one: string, several: string): string[] {
  if (tiers.length === 0) return [];
  const names = tiers.map(({ action, longMinutes }) => `${action} over ${hours(longMinutes)}`);
  return [`${listOf(names)} ${tiers.length > 1 ? several : one}`];
}

function statusWords(before: SloStatus | null, now: SloStatus): string[] {
  if (before === null) return now === "healthy" ? [] : [wordOf(now)];
  return before === now ? [] : [`${wordOf(before)} → ${wordOf(now)}`];
}

/**
 * What changed about a budget since it was last told of: its status, tiers of its alert that began or ended, and which
 * of 50, 25, 10 and 0 % of the budget it fell below for the first time. Null where there is nothing to tell.
 */
export function burnNews(told: BurnTold, now: BurnNow): BurnNews | null {
  const fires = (tier: BurnNow["tiers"][number]) => tier.firing ?? told.firing.includes(tier.key);
  const began = now.tiers.filter((tier) => fires(tier) && !told.firing.includes(tier.key));
  const ended = now.tiers.filter((tier) => !fires(tier) && told.firing.includes(tier.key));
  const line = crossedLine(told, now.budgetRemainingRatio);
  const parts = [
    ...statusWords(told.status, now.status),
    ...tierWords(began, "fires", "fire"),
    ...tierWords(ended, "ended", "ended"),
    ...(line === null ? [] : [lineWords(line)]),
  ];
  if (parts.length === 0) return null;
  const gotWorse = compareSloStatus(now.status, told.status ?? "healthy") < 0;
  return {
    text: parts.join("; "),
    status: now.status,
    firing: now.tiers.filter(fires).map(({ key }) => key),
    worse: gotWorse || began.length > 0 || line !== null,
  };
}
