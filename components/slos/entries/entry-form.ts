import type { Problem } from "#lib/contracts/problem.ts";
import { EntryFact } from "#lib/contracts/slo-entries.ts";
import { checkEntry } from "#lib/domain/slo/entries/check-entry.ts";
import { instantOf, type LocalTime } from "#lib/domain/slo/time/zone.ts";

export const ENTRY_KINDS = ["exclusion", "recurring", "correction", "note"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** An entry as text, the way its form holds it; times are of the wall clock in `zone`. */
export interface EntryForm {
  kind: EntryKind;
  from: string;
  to: string;
  durationMinutes: string;
  rule: string;
  zone: string;
  badDelta: string;
  totalDelta: string;
  reason: string;
}
export type EntryField = Exclude<keyof EntryForm, "kind">;

/** The fields that a kind of entry has, in their order. */
export const FIELDS_OF_KIND: Record<EntryKind, readonly EntryField[]> = {
  exclusion: ["from", "to", "reason"],
  recurring: ["from", "durationMinutes", "rule", "zone", "reason"],
  correction: ["from", "to", "badDelta", "totalDelta", "reason"],
  note: ["from", "reason"],
};

/** Where a field of the contract stands in the form; the last segment of its path tells. */
const FORM_FIELD: Record<string, EntryField> = {
  startMs: "from",
  start: "from",
  fromMs: "from",
  endMs: "to",
  toMs: "to",
  durationMinutes: "durationMinutes",
  rule: "rule",
  zone: "zone",
  badDelta: "badDelta",
  totalDelta: "totalDelta",
  reason: "reason",
};

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/;

/** What a field for a date and time holds: "2026-11-21T08:30". */
function readLocal(text: string): LocalTime | null {
  const match = LOCAL.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { year, month, day, hour, minute };
}

function readInstant(text: string, zone: string): number | null {
  const local = readLocal(text);
  return local && instantOf(local, zone);
}

function readNumber(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

/** What the form would send; null stands where nothing readable was typed. */
function toInput(form: EntryForm, viewerZone: string): object {
  const { kind, reason } = form;
  const from = readInstant(form.from, viewerZone);
  const to = readInstant(form.to, viewerZone);
  switch (kind) {
    case "note":
      return { kind, fromMs: from, reason };
    case "exclusion":
      return { kind, window: { kind: "one_off", startMs: from, endMs: to, reason } };
    case "recurring": {
      const { rule, zone } = form;
      const window = {
        start: readLocal(form.from),
        durationMinutes: readNumber(form.durationMinutes),
        rule,
        zone,
      };
      return { kind: "exclusion", window: { kind: "recurring", ...window, reason } };
    }
    case "correction": {
      const badDelta = readNumber(form.badDelta);
      return { kind, fromMs: from, toMs: to, badDelta, totalDelta: readNumber(form.totalDelta), reason };
    }
  }
}

type Read = { fact: EntryFact; errors: null } | { fact: null; errors: Partial<Record<EntryField, string>> };

function byField(issues: readonly { path: readonly PropertyKey[]; message: string }[]) {
  const errors: Partial<Record<EntryField, string>> = {};
  for (const { path, message } of issues) {
    const field = path.map((segment) => FORM_FIELD[String(segment)]).find((one) => one !== undefined);
    if (field) errors[field] ??= message;
  }
  return errors;
}

/** The entry that a form describes, or what is wrong with it, by field. */
export function readEntryForm(form: EntryForm, viewerZone: string, nowMs: number): Read {
  const parsed = EntryFact.safeParse(toInput(form, viewerZone));
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => ({
      path: issue.path,
      message: issue.code === "invalid_type" ? "is needed" : issue.message,
    }));
    return { fact: null, errors: byField(issues) };
  }
  const issues = checkEntry(parsed.data, nowMs);
  return issues.length === 0 ? { fact: parsed.data, errors: null } : { fact: null, errors: byField(issues) };
}

/** The server's refusals by the fields of the form. */
export function entryFieldErrors({ errors = [] }: Problem): Partial<Record<EntryField, string>> {
  return byField(errors.map(({ path, message }) => ({ path: path.split("."), message })));
}
