import { complement, decimal, percentOfRatio, writeDecimal } from "../decimal.ts";
import { nominalDays, type SloWindow } from "../definition/windows.ts";
import { SLOT_MINUTES } from "../slots/slot.ts";

export const TIER_KEYS = ["page_fast", "page_slow", "ticket_fast", "ticket_slow"] as const;
export type TierKey = (typeof TIER_KEYS)[number];

/** A tier of the multiwindow, multi-burn-rate alert, as an SLO sets it. The factor follows from the spend. */
export interface AlertTier {
  key: TierKey;
  action: "page" | "ticket";
  /** The long window; the short one is a twelfth of it. */
  longMinutes: number;
  /** The share of the budget that, spent within the long window, is to alert. */
  spendRatio: number;
  enabled: boolean;
}

/** Four tiers, after the multiwindow table of Google's SRE Workbook, chapter 5, with one more ticket. */
export const DEFAULT_ALERT_TIERS: readonly AlertTier[] = [
  { key: "page_fast", action: "page", longMinutes: 60, spendRatio: 0.02, enabled: true },
  { key: "page_slow", action: "page", longMinutes: 360, spendRatio: 0.05, enabled: true },
  { key: "ticket_fast", action: "ticket", longMinutes: 1440, spendRatio: 0.1, enabled: true },
  { key: "ticket_slow", action: "ticket", longMinutes: 4320, spendRatio: 0.1, enabled: true },
];

export const SHORT_WINDOWS_PER_LONG = 12;
/** Long windows come in these steps, so that the short window is made of whole slots. */
export const LONG_WINDOW_STEP_MINUTES = SLOT_MINUTES * SHORT_WINDOWS_PER_LONG;
const MINUTES_PER_DAY = 1440;

/** A tier as it stands for one objective: its windows, its factor, and why it is off if it is. */
export interface TierInForce {
  key: TierKey;
  action: "page" | "ticket";
  longMinutes: number;
  shortMinutes: number;
  /** Both windows must burn faster than this many times the sustainable rate. */
  factor: number;
  /** The share of the budget gone when the long window has burnt at the factor; above the tier's own where the factor is held at 1. */
  spendRatio: number;
  /** Null when the tier alerts, else why it never does. */
  disabledReason: string | null;
}

/** factor = max(1, spend * W / long), W being the window's nominal length. */
export function factorOfSpend(spendRatio: number, longMinutes: number, windowDays: number): number {
  return Math.max(1, decimal((spendRatio * windowDays * MINUTES_PER_DAY) / longMinutes));
}

/** The share of the budget that a burn rate spends in a look-back: burnRate * long / W (`budgetSpend`). */
export function spendOfBurn(burnRate: number, longMinutes: number, windowDays: number): number {
  return decimal((burnRate * longMinutes) / (windowDays * MINUTES_PER_DAY));
}

/** Why a tier can never alert; the highest burn rate there is, at 100 % errors, is 1/B, and the comparison is strict. */
function whyDisabled(tier: AlertTier, factor: number, target: number): string | null {
  if (!tier.enabled) return "Turned off for this SLO.";
  const budget = complement(target);
  if (decimal(factor * budget) < 1) return null;
  const highest = writeDecimal(decimal(1 / budget));
  return `A burn rate above ${writeDecimal(factor)}x can never be reached: with a target of ${writeDecimal(percentOfRatio(target))} %, 100 % errors burn at ${highest}x.`;
}

/** Whether a tier has a place in a window: its long window is at most half of it. */
export function fitsWindow(tier: Pick<AlertTier, "longMinutes">, window: SloWindow): boolean {
  return tier.longMinutes * 2 <= nominalDays(window) * MINUTES_PER_DAY;
}

/** The tiers of one objective. Those with a long window over half of W are dropped, those that cannot fire are disabled. */
export function tiersInForce(tiers: readonly AlertTier[], target: number, window: SloWindow): TierInForce[] {
  const windowDays = nominalDays(window);
  return tiers
    .filter((tier) => fitsWindow(tier, window))
    .map((tier) => {
      const factor = factorOfSpend(tier.spendRatio, tier.longMinutes, windowDays);
      return {
        key: tier.key,
        action: tier.action,
        longMinutes: tier.longMinutes,
        shortMinutes: tier.longMinutes / SHORT_WINDOWS_PER_LONG,
        factor,
        spendRatio: spendOfBurn(factor, tier.longMinutes, windowDays),
        disabledReason: whyDisabled(tier, factor, target),
      };
    });
}
