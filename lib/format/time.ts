import { NO_FIGURE, writeSeconds } from "#lib/domain/words/figures.ts";

const STYLES = {
  /** 14:21 */
  clock: { hour: "2-digit", minute: "2-digit" },
  /** 14:21:05 */
  clockSeconds: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  /** 20 Nov */
  day: { day: "numeric", month: "short" },
  /** 20 Nov 2026 */
  date: { day: "numeric", month: "short", year: "numeric" },
  /** 20 Nov, 14:21 */
  dayClock: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  /** 20 Nov 2026, 14:21:05 */
  full: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type TimeStyle = keyof typeof STYLES;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(style: TimeStyle, zone: string): Intl.DateTimeFormat {
  const key = `${style} ${zone}`;
  const known = formatters.get(key);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat("en-GB", { ...STYLES[style], hourCycle: "h23", timeZone: zone });
  formatters.set(key, formatter);
  return formatter;
}

/** Milliseconds since 1970 of an instant given as such, as a Date or as ISO 8601 text; NaN when it is none. */
function instantMs(at: number | string | Date): number {
  return typeof at === "string" ? Date.parse(at) : Number(at);
}

/**
 * Writes an instant in a time zone ("Europe/Vienna", "UTC"); "—" when there is none.
 * Throws a RangeError on a zone that does not exist.
 */
export function formatTime(at: number | string | Date | null, style: TimeStyle, zone: string): string {
  const ms = at === null ? NaN : instantMs(at);
  return Number.isFinite(ms) ? formatterOf(style, zone).format(ms) : NO_FIGURE;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

/**
 * The instant in UTC, for the hover of every local time: "20 Nov 2026, 14:21:05 UTC". Written without Intl, whose first
 * use holds a browser up for 60 ms: every page has such a time in its first paint.
 */
export function formatUtc(at: number | string | Date | null): string {
  const instant = new Date(at === null ? NaN : instantMs(at));
  if (Number.isNaN(instant.getTime())) return NO_FIGURE;
  const [day, clock] = [instant.getUTCDate(), instant.toISOString().slice(-13, -5)];
  return `${day} ${MONTHS[instant.getUTCMonth()]} ${instant.getUTCFullYear()}, ${clock} UTC`;
}

/** How long before `nowMs` an instant was: "12 s ago", "3 d ago"; "just now" within a second or ahead. */
export function formatAgo(at: number | string | Date | null, nowMs: number): string {
  const ms = at === null ? NaN : instantMs(at);
  if (!Number.isFinite(ms)) return NO_FIGURE;
  const ageSeconds = Math.floor((nowMs - ms) / 1000);
  return ageSeconds < 1 ? "just now" : `${writeSeconds(ageSeconds)} ago`;
}

/** How long until an instant: "in 19 h"; "now" once it has come. */
export function formatUntil(at: number | string | Date | null, nowMs: number): string {
  const ms = at === null ? NaN : instantMs(at);
  if (!Number.isFinite(ms)) return NO_FIGURE;
  const leftSeconds = Math.ceil((ms - nowMs) / 1000);
  return leftSeconds < 1 ? "now" : `in ${writeSeconds(leftSeconds)}`;
}
