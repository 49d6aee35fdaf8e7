export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A weekday, or in a month the n-th (or, negative, n-th last) of them. */
export interface WeekdayRule {
  weekday: Weekday;
  /** Null: every one. */
  nth: number | null;
}

/**
 * A recurrence: FREQ, INTERVAL, BYDAY, BYMONTHDAY and COUNT or UNTIL of RFC 5545, nothing else. Weeks begin on Monday.
 */
export interface Recurrence {
  frequency: "DAILY" | "WEEKLY" | "MONTHLY";
  interval: number;
  byDay: WeekdayRule[];
  /** 1..31, or negative from the month's end: -1 is its last day. */
  byMonthDay: number[];
  count: number | null;
  /** The last instant an occurrence may begin at, ms. */
  untilMs: number | null;
}

/** A recurrence, or what is wrong with its text. */
export type RecurrenceReading = { ok: true; rule: Recurrence } | { ok: false; reason: string };

/** Raised inside the reader only; its message is for whoever typed the rule. */
class Refusal extends Error {}

const MAX_INTERVAL = 366;
const MAX_COUNT = 10_000;

function wholeNumber(part: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > max)
    throw new Refusal(`${part} must be a whole number from 1 to ${max}.`);
  return value;
}

function readByDay(text: string): WeekdayRule[] {
  return text.split(",").map((item) => {
    const match = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(item);
    if (!match) throw new Refusal(`BYDAY cannot hold "${item}"; use MO to SU, in a month also 2TU or -1SU.`);
    return { weekday: match[2] as Weekday, nth: match[1] === undefined ? null : Number(match[1]) };
  });
}

function readByMonthDay(text: string): number[] {
  return text.split(",").map((item) => {
    const day = Number(item);
    if (!/^[+-]?\d{1,2}$/.test(item) || day === 0 || Math.abs(day) > 31)
      throw new Refusal(`BYMONTHDAY cannot hold "${item}"; use 1 to 31, or -1 to -31 from the month's end.`);
    return day;
  });
}

function readUntil(text: string): number {
  const match = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  const atMs = match ? Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z")) : NaN;
  if (Number.isNaN(atMs)) throw new Refusal("UNTIL must be a time in UTC such as 20261231T235959Z.");
  return atMs;
}

function readFrequency(text: string | undefined): Recurrence["frequency"] {
  if (text === "DAILY" || text === "WEEKLY" || text === "MONTHLY") return text;
  throw new Refusal("FREQ must be DAILY, WEEKLY or MONTHLY.");
}

const KNOWN = new Set(["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL"]);

function readParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text
    .replace(/^RRULE:/i, "")
    .toUpperCase()
    .split(";")) {
    const [name = "", value = "", ...rest] = part.split("=");
    if (!KNOWN.has(name)) throw new Refusal(`"${name}" is not supported; use ${[...KNOWN].join(", ")}.`);
    if (value === "" || rest.length > 0) throw new Refusal(`${name} needs one value.`);
    if (parts.has(name)) throw new Refusal(`${name} is given twice.`);
    parts.set(name, value);
  }
  return parts;
}

function refuseOddMixtures(rule: Recurrence): void {
  if (rule.count !== null && rule.untilMs !== null) throw new Refusal("Give COUNT or UNTIL, not both.");
  if (rule.byDay.length > 0 && rule.byMonthDay.length > 0)
    throw new Refusal("Give BYDAY or BYMONTHDAY, not both.");
  if (rule.byMonthDay.length > 0 && rule.frequency !== "MONTHLY")
    throw new Refusal("BYMONTHDAY needs FREQ=MONTHLY.");
  if (rule.frequency !== "MONTHLY" && rule.byDay.some(({ nth }) => nth !== null))
    throw new Refusal("A numbered weekday such as 2TU needs FREQ=MONTHLY.");
}

/** Reads a rule such as `FREQ=WEEKLY;BYDAY=SU`; what the subset does not hold is refused by name. */
export function readRecurrence(text: string): RecurrenceReading {
  try {
    const parts = readParts(text);
    const given = <T>(name: string, read: (value: string) => T, otherwise: T): T => {
      const value = parts.get(name);
      return value === undefined ? otherwise : read(value);
    };
    const rule: Recurrence = {
      frequency: readFrequency(parts.get("FREQ")),
      interval: given("INTERVAL", (value) => wholeNumber("INTERVAL", value, MAX_INTERVAL), 1),
      byDay: given("BYDAY", readByDay, []),
      byMonthDay: given("BYMONTHDAY", readByMonthDay, []),
      count: given<number | null>("COUNT", (value) => wholeNumber("COUNT", value, MAX_COUNT), null),
      untilMs: given<number | null>("UNTIL", readUntil, null),
    };
    refuseOddMixtures(rule);
    return { ok: true, rule };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message };
    throw error;
  }
}
