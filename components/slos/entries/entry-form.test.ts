import { describe, expect, it } from "vitest";
import { entryFieldErrors, type EntryForm, readEntryForm } from "./entry-form.ts";
import { factInWords } from "./entry-words.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const EMPTY: EntryForm = {
  kind: "exclusion",
  from: "",
  to: "",
  durationMinutes: "60",
  rule: "FREQ=WEEKLY;BYDAY=SU",
  zone: "Europe/Vienna",
  badDelta: "",
  totalDelta: "0",
  reason: "",
};
const read = (more: Partial<EntryForm>) => readEntryForm({ ...EMPTY, ...more }, "Europe/Vienna", NOW);

describe("what is typed", () => {
  it("is read at the viewer's wall clock: 22:00 in Vienna is 21:00 UTC in winter", () => {
    const form = { from: "2026-11-20T22:00", to: "2026-11-20T23:30", reason: "new switch" };
    const { fact } = read(form);
    expect(fact).toEqual({
      kind: "exclusion",
      window: {
        kind: "one_off",
        startMs: Date.UTC(2026, 10, 20, 21),
        endMs: Date.UTC(2026, 10, 20, 22, 30),
        reason: "new switch",
      },
    });
    expect(fact && factInWords(fact, "Europe/Vienna")).toBe("20 Nov, 22:00 to 20 Nov, 23:30");
  });

  it("is read at its own zone's wall clock where it comes again", () => {
    const { fact } = read({
      kind: "recurring",
      from: "2026-11-22T02:00",
      zone: "Asia/Tokyo",
      reason: "patches",
    });
    expect(fact).toMatchObject({
      window: { start: { year: 2026, month: 11, day: 22, hour: 2, minute: 0 }, zone: "Asia/Tokyo" },
    });
    expect(fact && factInWords(fact, "UTC")).toBe(
      "FREQ=WEEKLY;BYDAY=SU from 2026-11-22 02:00 (Asia/Tokyo), 60 min each",
    );
  });

  it("may take events away", () => {
    const span = { from: "2026-11-20T10:00", to: "2026-11-20T11:00" };
    const { fact } = read({ kind: "correction", ...span, badDelta: "-12", reason: "a load test" });
    expect(fact).toMatchObject({ badDelta: -12, totalDelta: 0 });
    expect(fact && factInWords(fact, "Europe/Vienna")).toBe("20 Nov, 10:00 to 20 Nov, 11:00: -12 bad");
  });
});

describe("what is wrong stands beside its field", () => {
  it.each<[string, Partial<EntryForm>, string[]]>([
    ["nothing typed", {}, ["from", "reason", "to"]],
    ["an end before the start", { from: "2026-11-21T10:00", to: "2026-11-21T09:00", reason: "x" }, ["to"]],
    ["no number", { kind: "correction", badDelta: "" }, ["badDelta", "from", "reason", "to"]],
    [
      "a rule that is none, in a zone that is none",
      { kind: "recurring", from: "2026-11-22T02:00", rule: "EVERY DAY", zone: "Mars/Base", reason: "x" },
      ["rule", "zone"],
    ],
  ])("%s", (_, more, fields) => {
    const { fact, errors } = read(more);
    expect(fact).toBeNull();
    expect(Object.keys(errors ?? {}).sort()).toEqual(fields);
  });

  it("in the server's words too", () => {
    const problem = { type: "", title: "", status: 422, code: "invalid", detail: "", requestId: "" } as const;
    const errors = [
      { path: "fact.window.endMs", message: "Must be after the start." },
      { path: "id", message: "no field of the form" },
    ];
    expect(entryFieldErrors({ ...problem, errors })).toEqual({ to: "Must be after the start." });
  });
});
