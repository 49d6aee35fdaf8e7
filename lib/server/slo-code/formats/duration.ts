import "server-only";

const MINUTES_OF_UNIT: Readonly<Record<string, number>> = {
  s: 1 / 60,
  m: 1,
  h: 60,
  d: 1440,
  w: 10_080,
  y: 525_600,
};
const DURATION = /^(?:\d{1,6}(?:ms|[smhdwy]))+$/;
const PART = /(\d+)(ms|[smhdwy])/g;

/** A duration as Prometheus writes it ("90m", "1h30m", "4w") in minutes; null when it is none. */
export function readMinutes(text: string): number | null {
  if (!DURATION.test(text)) return null;
  return [...text.matchAll(PART)].reduce((sum, [, count, unit]) => {
    const minutes = unit === "ms" ? 1 / 60_000 : (MINUTES_OF_UNIT[unit ?? ""] ?? NaN);
    return sum + Number(count) * minutes;
  }, 0);
}

/** A duration in whole days; null when it is none or not whole. */
export function readDays(text: string): number | null {
  const days = (readMinutes(text) ?? NaN) / 1440;
  return Number.isInteger(days) ? days : null;
}
