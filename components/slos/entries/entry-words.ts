import type { EntryFact, LedgerEntry } from "#lib/contracts/slo-entries.ts";
import { writeCount } from "#lib/domain/words/figures.ts";
import { formatTime } from "#lib/format/time.ts";
import type { EntryKind } from "./entry-form.ts";

export const WORD_OF_KIND: Record<EntryKind, string> = {
  exclusion: "Exclusion",
  recurring: "Recurring exclusion",
  correction: "Correction",
  note: "Note",
};

/** What each kind of entry does, for whoever is about to add one. */
export const MEANING_OF_KIND: Record<EntryKind, string> = {
  exclusion:
    "Planned maintenance: leaves its time out of the budget, rounded outward to 5 minutes, and silences the SLO's alerts.",
  recurring: "Maintenance that comes again, at the wall clock of a zone; otherwise as an exclusion.",
  correction:
    "Adds to, or takes from, what was counted in a span, spread evenly over it. The raw figure stays.",
  note: "A mark on the graphs. It counts nothing.",
};

export const WORD_OF_STATE: Record<LedgerEntry["state"], string> = {
  proposed: "waits for a second person",
  in_force: "in force",
  withdrawn: "withdrawn",
};

export function kindOf(fact: EntryFact): EntryKind {
  return fact.kind === "exclusion" && fact.window.kind === "recurring" ? "recurring" : fact.kind;
}

export function reasonOf(fact: EntryFact): string {
  return fact.kind === "exclusion" ? fact.window.reason : fact.reason;
}

function span(fromMs: number, toMs: number, zone: string): string {
  return `${formatTime(fromMs, "dayClock", zone)} to ${formatTime(toMs, "dayClock", zone)}`;
}

function delta(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count > 0 ? "+" : "-"}${writeCount(Math.abs(count))} ${what}`];
}

/** When an entry holds and what it changes, with times in the viewer's zone. */
export function factInWords(fact: EntryFact, zone: string): string {
  switch (fact.kind) {
    case "note":
      return formatTime(fact.fromMs, "dayClock", zone);
    case "correction": {
      const changes = [...delta(fact.badDelta, "bad"), ...delta(fact.totalDelta, "in all")];
      return `${span(fact.fromMs, fact.toMs, zone)}: ${changes.join(", ")}`;
    }
    case "exclusion": {
      const { window } = fact;
      if (window.kind === "one_off") return span(window.startMs, window.endMs, zone);
      const { year, month, day, hour, minute } = window.start;
      const two = (part: number) => String(part).padStart(2, "0");
      const start = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
      return `${window.rule} from ${start} (${window.zone}), ${writeCount(window.durationMinutes)} min each`;
    }
  }
}
