import type { TierState } from "#lib/contracts/slo-budgets.ts";
import { writeCount, writeRatio, writeSeconds, writeTimes } from "#lib/domain/words/figures.ts";
import { percentOfRatio, writeDecimal } from "#lib/domain/slo/decimal.ts";
import { writeLookBack } from "#lib/domain/slo/budget/look-backs.ts";
import { readWindow } from "#lib/domain/slo/definition/windows.ts";

/** "99.95 %", with every digit of the target. */
export function writeTarget(target: number): string {
  return `${writeDecimal(percentOfRatio(target))} %`;
}

/** A share of good events, to the digits that tell it from its neighbours: 0.99948 → "99.948 %". */
export function writeGoodRatio(ratio: number | null): string {
  if (ratio === null) return "—";
  const bad = 100 * (1 - ratio);
  const decimals = bad <= 0 ? 0 : Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(bad))));
  const text = (100 * ratio).toFixed(decimals);
  return `${text.includes(".") ? text.replace(/\.?0+$/, "") : text} %`;
}

const CALENDAR_WORDS = {
  week: "calendar week",
  month: "calendar month",
  quarter: "calendar quarter",
} as const;

/** A window in words: "30 d" → "30 days", "month Europe/Vienna" → "calendar month, Europe/Vienna". */
export function windowInWords(text: string): string {
  const window = readWindow(text);
  if (!window) return text;
  if (window.kind === "rolling") return window.days === 1 ? "1 day" : `${window.days} days`;
  return `${CALENDAR_WORDS[window.unit]}, ${window.zone}`;
}

/** A window where there is little room: "30 d", "month". */
export function shortWindow(text: string): string {
  const window = readWindow(text);
  if (!window) return text;
  return window.kind === "rolling" ? `${window.days} d` : window.unit;
}

/** What is left, as a share: "16 %", "-42 %"; a dash without data. */
export function writeLeft(ratio: number | null): string {
  if (ratio === null) return "—";
  return ratio < 0 ? `-${writeRatio(-ratio)}` : writeRatio(ratio);
}

/** A burn rate: "3.1x"; a dash without data. */
export function writeBurn(rate: number | null | undefined): string {
  return rate === null || rate === undefined ? "—" : writeTimes(rate);
}

/** Events left as words: "1,204 events", or how many are missing. */
export function eventsLeft(events: number | null): string | null {
  if (events === null) return null;
  const whole = Math.trunc(events);
  return whole < 0 ? `${writeCount(-whole)} events over` : `${writeCount(whole)} events`;
}

/** Minutes of total failure: "18 min", "2.3 h"; negative ones read as over. */
export function minutesLeft(minutes: number | null): string | null {
  if (minutes === null) return null;
  return minutes < 0 ? `${writeSeconds(-minutes * 60)} over` : writeSeconds(minutes * 60);
}

const TIER_WORDS: Record<TierState["key"], string> = {
  page_fast: "page, fast",
  page_slow: "page, slow",
  ticket_fast: "ticket, fast",
  ticket_slow: "ticket, slow",
};

/** What an alert tier is called. */
export function tierName(key: TierState["key"]): string {
  return TIER_WORDS[key];
}

/** The two windows of a tier: "1h / 5m". */
export function tierWindows({ longMinutes, shortMinutes }: TierState): string {
  return `${writeLookBack(longMinutes)} / ${writeLookBack(shortMinutes)}`;
}

/** How near a tier is to alerting: firing, which window is below, or why it never does. */
export function tierInWords(tier: TierState): string {
  if (tier.disabledReason !== null) return tier.disabledReason;
  const { longBurnRate: long, shortBurnRate: short, factor } = tier;
  if (tier.firing) return "firing";
  if (long === null || short === null) return "no data";
  if (long > factor && short > factor) return "held back: too few bad events, or an exclusion";
  const nearest = Math.min(long, short);
  return nearest <= 0 ? "quiet" : `at ${writeRatio(nearest / factor)} of the line`;
}
