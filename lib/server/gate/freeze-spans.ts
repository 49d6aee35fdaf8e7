import "server-only";
import type { FreezeTime } from "#lib/contracts/freezes.ts";
import { type Recurrence, readRecurrence } from "#lib/domain/slo/time/recurrence.ts";
import { recurringDays } from "#lib/domain/slo/time/recurring-days.ts";
import { asUtcMs, instantOf, type LocalTime } from "#lib/domain/slo/time/zone.ts";

export interface Span {
  fromMs: number;
  toMs: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Parses a rule, of the subset that every walk of which ends: one by the second, or for a day that never comes, would
 * hold up all decisions. @throws RangeError in the words of what is wrong with it
 */
export function readRule(text: string): Recurrence {
  const reading = readRecurrence(text);
  if (!reading.ok) throw new RangeError(reading.reason);
  return reading.rule;
}

function readStart(startsAt: string): LocalTime {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = startsAt.split(/\D/).map(Number);
  return { year, month, day, hour, minute };
}

/** When a freeze holds within `range`, in order; a span that begins before it or ends after is given whole. */
export function freezeSpans(when: FreezeTime, range: Span): Span[] {
  const touches = ({ fromMs, toMs }: Span) => toMs > range.fromMs && fromMs < range.toMs;
  if (when.kind === "once") {
    return [{ fromMs: Date.parse(when.from), toMs: Date.parse(when.to) }].filter(touches);
  }
  const { startsAt, durationMinutes, zone } = when;
  const rule = readRule(when.rule);
  const lengthMs = durationMinutes * MINUTE_MS;
  const start = readStart(startsAt);
  const firstDay = Math.floor(asUtcMs(start) / DAY_MS);
  // A day either side: a local date is up to 14 hours off the one in UTC.
  const fromDay = Math.floor((range.fromMs - lengthMs) / DAY_MS) - 1;
  const lastDay = Math.floor(range.toMs / DAY_MS) + 1;
  // The rule runs on the wall clock, which the zone then places: 15:00 stays 15:00 through changes of the clock.
  return recurringDays(rule, firstDay, fromDay, lastDay)
    .map((day) => instantOf({ ...start, day: start.day + day - firstDay }, zone))
    .filter((fromMs) => rule.untilMs === null || fromMs <= rule.untilMs)
    .map((fromMs) => ({ fromMs, toMs: fromMs + lengthMs }))
    .filter(touches);
}

/** The span that holds at an instant; of several the one that ends last. */
export function spanAt(when: FreezeTime, atMs: number): Span | null {
  const spans = freezeSpans(when, { fromMs: atMs, toMs: atMs + 1 });
  const holding = spans.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  return holding.sort((a, b) => b.toMs - a.toMs)[0] ?? null;
}
