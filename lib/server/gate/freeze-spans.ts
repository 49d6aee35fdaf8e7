import "server-only";
import ICAL from "ical.js";
import type { FreezeTime } from "#lib/contracts/freezes.ts";
import { asUtcMs, instantOf, localTimeAt } from "#lib/domain/slo/time/zone.ts";

export interface Span {
  fromMs: number;
  toMs: number;
}

const MINUTE_MS = 60_000;
/** A rule that begins long ago, or never ends, is walked no further. */
const MOST_STEPS = 20_000;

/** Parses a rule. @throws RangeError in the words of what is wrong with it */
export function readRule(text: string): InstanceType<typeof ICAL.Recur> {
  try {
    const rule = ICAL.Recur.fromString(text);
    // A freeze by the second or minute is a mistake, and costs a walk of millions of steps.
    if (!["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"].includes(rule.freq)) {
      throw new Error("FREQ must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY");
    }
    return rule;
  } catch (error) {
    throw new RangeError(`is no rule of RFC 5545: ${(error as Error).message}`);
  }
}

/** When a freeze holds within `range`, in order; a span that begins before it or ends after is given whole. */
export function freezeSpans(when: FreezeTime, range: Span): Span[] {
  if (when.kind === "once") {
    const span = { fromMs: Date.parse(when.from), toMs: Date.parse(when.to) };
    return span.toMs > range.fromMs && span.fromMs < range.toMs ? [span] : [];
  }
  const { rule, startsAt, durationMinutes, zone } = when;
  const lengthMs = durationMinutes * MINUTE_MS;
  // The rule runs on the wall clock, which the zone then places: 15:00 stays 15:00 through changes of the clock.
  const occurrences = readRule(rule).iterator(ICAL.Time.fromDateTimeString(`${startsAt}:00`));
  const firstMs = asUtcMs(localTimeAt(range.fromMs, zone)) - lengthMs - 86_400_000;
  const spans: Span[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = occurrences.next();
    if (!next) break;
    const local = next.toJSON();
    if (asUtcMs(local) < firstMs) continue;
    const fromMs = instantOf(local, zone);
    if (fromMs >= range.toMs) break;
    if (fromMs + lengthMs > range.fromMs) spans.push({ fromMs, toMs: fromMs + lengthMs });
  }
  return spans;
}

/** The span that holds at an instant; of several the one that ends last. */
export function spanAt(when: FreezeTime, atMs: number): Span | null {
  const spans = freezeSpans(when, { fromMs: atMs, toMs: atMs + 1 });
  const holding = spans.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  return holding.sort((a, b) => b.toMs - a.toMs)[0] ?? null;
}
