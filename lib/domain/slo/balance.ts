import { decimal } from "./decimal.ts";

const HOURS_PER_WEEK = 40;
const LEAST_TOIL_PERCENT = 20;

/** SLO performance in percent: 100 * actual / target, both ratios. 100 and more: the promise is kept. */
export function sloPerformance(actualRatio: number, target: number): number {
  return decimal((100 * actualRatio) / target);
}

/**
 * The share of a team's week that toil and features may take, in percent; the rest belongs to reliability: 60 where
 * the SLO is met, 50 close below, then 5 less for each point missed, never under 20.
 */
export function toilPercent(performance: number): number {
  if (performance >= 100) return 60;
  if (performance >= 99) return 50;
  return Math.max(LEAST_TOIL_PERCENT, decimal(50 - 5 * (100 - performance)));
}

/** How a team's week divides by its SLO performance, in hours of 40 a person. */
export interface Balance {
  performance: number;
  toilPercent: number;
  toilHours: number;
  reliabilityHours: number;
}

/** {@link toilPercent} of the week of a team of `teamSize`. */
export function balanceOf(performance: number, teamSize: number): Balance {
  const percent = toilPercent(performance);
  const week = HOURS_PER_WEEK * teamSize;
  const toilHours = decimal((percent * week) / 100);
  return { performance, toilPercent: percent, toilHours, reliabilityHours: decimal(week - toilHours) };
}
