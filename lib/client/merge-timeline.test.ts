import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineEntry } from "#lib/contracts/incidents.ts";
import { isNewer, mergeTimeline } from "./merge-timeline.ts";

const entry = (seq: number, minute = seq, text = "first"): TimelineEntry => ({
  seq: String(seq),
  at: new Date(Date.UTC(2026, 10, 20, 14, minute)).toISOString(),
  recordedAt: "2026-11-20T14:00:00.000Z",
  by: { id: "p", name: null },
  body: { kind: "note", markdown: text },
  pinned: false,
  revision: 1,
  revisions: [],
});

it.each([
  ["10", "9", true],
  ["9", "10", false],
  ["9007199254740993", "9007199254740992", true],
  ["7", "7", false],
])("%s is newer than %s: %s", (a, b, expected) => expect(isNewer(a, b)).toBe(expected));

describe("mergeTimeline", () => {
  it("replaces what was touched, and puts what is new where it happened", () => {
    const known = { entries: [entry(1), entry(2), entry(3)], head: "3" };
    const news = { entries: [entry(2, 2, "edited"), entry(10, 1)], head: "10" };
    const merged = mergeTimeline(known, news);
    expect(merged.head).toBe("10");
    expect(merged.entries.map(({ seq }) => seq)).toEqual(["1", "10", "2", "3"]);
    expect(merged.entries[2]?.body).toEqual({ kind: "note", markdown: "edited" });
  });

  it("ends in the same however often and in whichever cuts it hears of the same facts", () => {
    const all = Array.from({ length: 8 }, (_, i) => entry(i + 1, (i * 5) % 7));
    const whole = mergeTimeline({ entries: [], head: "0" }, { entries: all, head: "8" });
    const cuts = fc.array(fc.nat(8), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(cuts, (heads) => {
        const heard = heads.reduce(
          (known, head) =>
            mergeTimeline(known, {
              // As the server answers ?after=: everything behind what is known, up to now.
              entries: all.slice(Number(known.head), Math.max(head, Number(known.head))),
              head: String(Math.max(head, Number(known.head))),
            }),
          { entries: [] as TimelineEntry[], head: "0" },
        );
        expect(mergeTimeline(heard, { entries: all.slice(Number(heard.head)), head: "8" })).toEqual(whole);
      }),
    );
  });

  it("does not forget what it knew when an older answer comes late", () => {
    const known = { entries: [entry(1)], head: "5" };
    expect(mergeTimeline(known, { entries: [], head: "3" }).head).toBe("5");
  });
});
