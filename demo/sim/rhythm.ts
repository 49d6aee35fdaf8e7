import { DAY_MS } from "./world.ts";

const HOUR_MS = DAY_MS / 24;
const WEEKEND_DIP = 0.36;

/** Quiet nights, a steep morning, a long afternoon: between -1 and 1 over a day (UTC), with mean 0. */
function dayCurve(tMs: number): number {
  const hours = (tMs % DAY_MS) / HOUR_MS;
  return (
    0.82 * Math.sin((2 * Math.PI * (hours - 8)) / 24) + 0.18 * Math.sin((4 * Math.PI * (hours - 7)) / 24)
  );
}

/** 0 on working days, 1 at the weekend, easing over four hours around midnight. */
function weekend(tMs: number): number {
  // 1970-01-01 was a Thursday: day 2 of this count is a Saturday.
  const day = (tMs / DAY_MS) % 7;
  const edge = 2 / 24;
  const rise = Math.min(1, Math.max(0, (day - 2 + edge) / (2 * edge)));
  const fall = Math.min(1, Math.max(0, (day - 4 + edge) / (2 * edge)));
  return rise - fall;
}

/** Traffic relative to its weekly mean, which is 1. `swing` is the depth of the daily wave (0 is flat). */
export function rhythm(tMs: number, swing: number): number {
  const week = 1 - WEEKEND_DIP * Math.min(1, swing / 0.5) * weekend(tMs);
  const meanWeek = 1 - (WEEKEND_DIP * Math.min(1, swing / 0.5) * 2) / 7;
  return ((1 + swing * dayCurve(tMs)) * week) / meanWeek;
}
