import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BurnAxis, compareSloStatus, type SloStatus, type StatusAxes, statusOfAxes } from "./axes.ts";
import { HOLD_MS, type HeldStatus, holdStatus } from "./hold.ts";

type Look = BurnAxis | "exhausted";
const axesOf = (look: Look): StatusAxes =>
  look === "exhausted"
    ? { budget: "exhausted", burn: "critical", lowTraffic: false }
    : { budget: "available", burn: look, lowTraffic: false };

/** What is shown after each look; `[minute, look]`. */
function shownAfter(looks: readonly (readonly [number, Look, number?])[]): SloStatus[] {
  let status: HeldStatus | null = null;
  return looks.map(([minute, look, periodStartMs]) => {
    status = holdStatus(status, axesOf(look), minute * 60_000, periodStartMs ?? null);
    return status.shown;
  });
}

describe("holdStatus", () => {
  it.each<[string, [number, Look, number?][], SloStatus[]]>([
    ["starts with what it sees", [[0, "warning"]], ["warning"]],
    [
      "gets worse at once",
      [
        [0, "healthy"],
        [0.5, "critical"],
      ],
      ["healthy", "critical"],
    ],
    [
      "gets better only after 15 min of better looks, from the first of them",
      [
        [0, "critical"],
        [1, "healthy"],
        [15, "healthy"],
        [15.9, "healthy"],
        [16, "healthy"],
      ],
      ["critical", "critical", "critical", "critical", "healthy"],
    ],
    [
      "begins to wait anew when it flaps",
      [
        [0, "critical"],
        [1, "healthy"],
        [10, "critical"],
        [11, "healthy"],
        [20, "healthy"],
        [26, "healthy"],
      ],
      ["critical", "critical", "critical", "critical", "critical", "healthy"],
    ],
    [
      "gets better step by step: the attention seen meanwhile is held in its turn",
      [
        [0, "critical"],
        [1, "attention"],
        [14, "healthy"],
        [16, "healthy"],
        [29, "healthy"],
      ],
      ["critical", "critical", "critical", "attention", "healthy"],
    ],
    [
      "does not take an unwatched quarter of an hour for a good one",
      [
        [0, "critical"],
        [60, "healthy"],
        [61, "healthy"],
        [75, "healthy"],
      ],
      ["critical", "critical", "critical", "healthy"],
    ],
    [
      "holds trouble against silence for its 15 min, then says that there is no data",
      [
        [0, "critical"],
        [1, "no_data"],
        [15, "no_data"],
        [16, "no_data"],
      ],
      ["critical", "critical", "critical", "no_data"],
    ],
    [
      "never lifts an exhausted budget for silence",
      [
        [0, "exhausted"],
        [1, "no_data"],
        [60, "no_data"],
        [9000, "no_data"],
      ],
      ["exhausted", "exhausted", "exhausted", "exhausted"],
    ],
    [
      "lifts it for data, once they have held",
      [
        [0, "exhausted"],
        [60, "no_data"],
        [61, "healthy"],
        [75, "healthy"],
        [76, "healthy"],
      ],
      ["exhausted", "exhausted", "exhausted", "exhausted", "healthy"],
    ],
    [
      "lifts it with a new calendar period, silent or not",
      [
        [0, "exhausted", 1],
        [1, "no_data", 1],
        [2, "no_data", 2],
        [3, "no_data", 2],
      ],
      ["exhausted", "exhausted", "no_data", "no_data"],
    ],
    [
      "but holds a burn over the turn of the period",
      [
        [0, "critical", 1],
        [1, "healthy", 2],
        [16, "healthy", 2],
      ],
      ["critical", "critical", "healthy"],
    ],
  ])("%s", (_, looks, expected) => expect(shownAfter(looks)).toEqual(expected));

  it("says since when a status is shown", () => {
    const first = holdStatus(null, axesOf("warning"), 1000, null);
    const second = holdStatus(first, axesOf("healthy"), 31_000, null);
    expect([second.shown, second.sinceMs]).toEqual(["warning", 1000]);
    expect(holdStatus(second, axesOf("critical"), 61_000, null).sinceMs).toBe(61_000);
  });

  it("never shows better than the moment, nor worse than the worst of late", () => {
    const looks = fc.array(
      fc.constantFrom<Look>("critical", "warning", "no_traffic", "attention", "healthy"),
      {
        minLength: 1,
        maxLength: 80,
      },
    );
    fc.assert(
      fc.property(looks, (sequence) => {
        let status: HeldStatus | null = null;
        sequence.forEach((look, minute) => {
          status = holdStatus(status, axesOf(look), minute * 60_000, null);
          expect(compareSloStatus(status.shown, statusOfAxes(axesOf(look)))).toBeLessThanOrEqual(0);
          // One look a minute: better since the look after, so held within the last 15 looks and this one.
          const late = sequence
            .slice(Math.max(0, minute - HOLD_MS / 60_000), minute + 1)
            .map((one) => statusOfAxes(axesOf(one)));
          expect(status.shown).toBe(late.sort(compareSloStatus)[0]);
        });
      }),
    );
  });

  it("keeps little: at most one entry per status", () => {
    let status: HeldStatus | null = null;
    const cycle: Look[] = ["healthy", "critical", "attention", "warning", "no_data"];
    for (let look = 0; look < 500; look++)
      status = holdStatus(status, axesOf(cycle[look % 5]!), look * 30_000, null);
    expect(status!.held.length).toBeLessThanOrEqual(7);
  });
});
