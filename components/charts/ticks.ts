import type { Unit } from "#lib/contracts/series.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps people read on a clock, in seconds. */
const CLOCK_STEPS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 3, 7, 14, 28, 56].map((n) => n * DAY),
];

/**
 * Axis values from at or below `min` to at or above `max` in round steps, about `count` of them. An
 * axis begins at 0 except for temperatures, where 0 means nothing.
 */
export function valueTicks(min: number, max: number, unit: Unit, count = 4): number[] {
  const low = unit === "celsius" ? min : Math.min(0, min);
  const noise = Math.max(1e-15, Math.abs(max) * 1e-9);
  const span = max - low > noise ? max - low : Math.max(1, Math.abs(max) / 10);
  const step = roundStep(span / count, unit);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil((low + span) / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The smallest readable step of at least `size`: on the clock for long durations, else 1, 2, 2.5 or 5 · 10ⁿ. */
function roundStep(size: number, unit: Unit): number {
  const clock = unit === "seconds" && size > 15 ? CLOCK_STEPS.find((step) => step >= size) : undefined;
  if (clock !== undefined) return clock;
  const power = 10 ** Math.floor(Math.log10(size));
  const factor = [1, 2, 2.5, 5, 10].find((f) => f * power >= size * (1 - 1e-9)) ?? 10;
  return unit === "count" ? Math.max(1, Math.ceil(factor * power)) : factor * power;
}

/** Round moments of a span in ms, at most `count`, aligned to the wall clock of `zone`. */
export function timeTicks(fromMs: number, toMs: number, zone: string, count: number): number[] {
  const wanted = (toMs - fromMs) / 1000 / Math.max(1, count);
  const stepMs = (CLOCK_STEPS.find((step) => step >= wanted) ?? 56 * DAY) * 1000;
  const firstLocal = Math.ceil((fromMs + zoneOffsetMs(fromMs, zone)) / stepMs) * stepMs;
  const ticks: number[] = [];
  for (let local = firstLocal; ; local += stepMs) {
    const at = local - zoneOffsetMs(local - zoneOffsetMs(fromMs, zone), zone);
    if (at > toMs) return ticks;
    if (at >= fromMs) ticks.push(at);
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far the wall clock of `zone` is ahead of UTC at a moment, in ms. */
function zoneOffsetMs(atMs: number, zone: string): number {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  clocks.set(zone, clock);
  const wholeSeconds = Math.floor(atMs / 1000) * 1000;
  return Date.parse(`${clock.format(wholeSeconds).replace(" ", "T")}Z`) - wholeSeconds;
}
