/** A line as it is pushed: its stream, its time and what travels beside it. */
export interface LogLine {
  labels: Readonly<Record<string, string>>;
  timestampMs: number;
  line: string;
  metadata: Readonly<Record<string, string>>;
}

export type Level = "debug" | "info" | "warn" | "error";

/** Numbers in [0, 1), as Math.random gives them. */
export type Random = () => number;

/** A span of time to write lines for, in Unix milliseconds; the end is exclusive. */
export interface Interval {
  fromMs: number;
  toMs: number;
}

/**
 * Times within an interval for something that happens `perSecond` times a second, in order; what is left of
 * a whole number happens with that chance.
 */
export function happenings(perSecond: number, { fromMs, toMs }: Interval, random: Random): number[] {
  const expected = (perSecond * (toMs - fromMs)) / 1000;
  const count = Math.floor(expected) + (random() < expected % 1 ? 1 : 0);
  return Array.from({ length: count }, () => fromMs + random() * (toMs - fromMs)).sort((a, b) => a - b);
}

export function pick<T>(choices: readonly [T, ...T[]], random: Random): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}

/** As many hexadecimal digits as a trace (32) or a span (16) has. */
export function hexId(digits: number, random: Random): string {
  return Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
}

type Fields = Readonly<Record<string, string | number>>;

export function jsonLine(fields: Fields): string {
  return JSON.stringify(fields);
}

/** `key=value` pairs; values with spaces, quotes or nothing in them are quoted. */
export function logfmtLine(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${plain(String(value)) ? value : JSON.stringify(value)}`)
    .join(" ");
}

function plain(text: string): boolean {
  return /^[^\s"=]+$/.test(text);
}
