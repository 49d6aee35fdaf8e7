import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { backoffMs, retryAfterMs } from "./backoff.ts";
import { factsOf, fit, fitLines, type Message, type Notice, subjectOf } from "./message.ts";
import { channelsToTell, DEFAULT_ROUTING, quietUntilMs } from "./routing.ts";
import { noLongerTrue, releaseNoLongerTrue } from "./still-true.ts";

const ANY = { name: "r", events: [], severities: [], services: [], tiers: [], channels: "all" } as const;
const FACT = { event: "opened", severity: "P2", service: "checkout", tier: "critical" } as const;
const HALTED = { ...FACT, event: "release_halted", severity: null } as const;

test.each([
  ["what matches everything", [ANY], FACT, ["a", "b"]],
  ["no rule, nobody", [], FACT, []],
  ["by severity", [{ ...ANY, severities: ["P1"] as const }], FACT, []],
  ["by service", [{ ...ANY, services: ["checkout"] }], FACT, ["a", "b"]],
  [
    "a service that is none matches none",
    [{ ...ANY, services: ["checkout"] }],
    { ...FACT, service: null },
    [],
  ],
  ["by tier", [{ ...ANY, tiers: ["standard"] }], FACT, []],
  ["by event", [{ ...ANY, events: ["resolved"] as const }], FACT, []],
  ["a release, by event", [{ ...ANY, events: ["release_halted"] as const }], HALTED, ["a", "b"]],
  [
    "a release, by service and tier",
    [{ ...ANY, services: ["checkout"], tiers: ["critical"] }],
    HALTED,
    ["a", "b"],
  ],
  ["a release, by another event", [{ ...ANY, events: ["release_waiting"] as const }], HALTED, []],
  [
    "a release has no severity that a rule could name",
    [{ ...ANY, severities: ["P1", "P2"] as const }],
    HALTED,
    [],
  ],
  ["each channel once", [ANY, { ...ANY, channels: ["b"] }], FACT, ["a", "b"]],
  ["a channel that is gone is left out", [{ ...ANY, channels: ["gone", "b"] }], FACT, ["b"]],
])("routing: %s", (_, rules, fact, expected) => {
  expect(channelsToTell({ rules }, fact, ["a", "b"])).toEqual(expected);
});

test("without a policy, every channel is told that somebody is needed", () => {
  expect(channelsToTell(DEFAULT_ROUTING, FACT, ["a"])).toEqual(["a"]);
  expect(channelsToTell(DEFAULT_ROUTING, { ...FACT, event: "acknowledged" }, ["a"])).toEqual([]);
});

const NIGHT = { severities: ["P3"], zone: "Europe/Berlin", from: "22:00", to: "07:00" } as const;
test.each([
  ["before it begins", NIGHT, "2026-11-20T20:59:00Z", null],
  ["in the evening until the next morning", NIGHT, "2026-11-20T21:00:00Z", "2026-11-21T06:00:00Z"],
  ["after midnight until the same morning", NIGHT, "2026-11-21T02:00:00Z", "2026-11-21T06:00:00Z"],
  ["its end is out", NIGHT, "2026-11-21T06:00:00Z", null],
  ["over the change in spring", NIGHT, "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"],
  ["over the change in autumn", NIGHT, "2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z"],
  ["on the last day of a month", NIGHT, "2026-11-30T22:30:00Z", "2026-12-01T06:00:00Z"],
  ["by day", { ...NIGHT, from: "12:00", to: "13:30" }, "2026-11-20T11:15:00Z", "2026-11-20T12:30:00Z"],
])("quiet hours: %s", (_, quiet, at, expected) => {
  const until = quietUntilMs(quiet, { event: "opened", severity: "P3" }, Date.parse(at));
  expect(until === null ? null : new Date(until).toISOString().replace(".000", "")).toBe(expected);
  expect(quietUntilMs(quiet, { event: "opened", severity: "P2" }, Date.parse(at))).toBeNull();
});

const OPEN = { phase: "DETECT", mergedInto: null } as const;
test.each([
  ["opened and open", "opened", OPEN, true, false],
  ["opened, over, told so", "opened", { ...OPEN, phase: "LEARN" as const }, true, true],
  ["opened, over, not told so: told as it is", "opened", { ...OPEN, phase: "LEARN" as const }, false, false],
  ["escalated and acknowledged", "escalated", { ...OPEN, phase: "TRIAGE" as const }, false, true],
  ["acknowledged, in mitigation", "acknowledged", { ...OPEN, phase: "MITIGATE" as const }, true, false],
  ["resolved and over", "resolved", { ...OPEN, phase: "LEARN" as const }, true, false],
  ["opened, part of another", "opened", { ...OPEN, mergedInto: "INC-1" }, false, true],
  [
    "a post-mortem of what is over",
    "postmortem_published",
    { ...OPEN, phase: "LEARN" as const },
    true,
    false,
  ],
] as const)("at the moment of sending: %s", (_, event, incident, toldOver, dropped) => {
  expect(noLongerTrue(event, incident, toldOver) !== null).toBe(dropped);
});

const NIGHT_AT = Date.parse("2026-11-20T23:00:00Z");
test.each([
  ["release_waiting", true],
  ["release_revoked", true],
  ["release_halted", false],
  ["release_uncleared", false],
] as const)("quiet hours and releases: %s waits: %s", (event, waits) => {
  expect(quietUntilMs(NIGHT, { event, severity: null }, NIGHT_AT) !== null).toBe(waits);
  expect(quietUntilMs(null, { event, severity: null }, NIGHT_AT)).toBeNull();
});

test.each([
  ["release_waiting", "waiting", null],
  ["release_waiting", "approved", "it is approved by now"],
  ["release_waiting", "rejected", "it is rejected by now"],
  ["release_revoked", "blocked", null],
  ["release_revoked", "waiting", null],
  ["release_revoked", "approved", "it is approved by now"],
  ["release_halted", "deploying", null],
  ["release_halted", "deployed", null],
  ["release_halted", "rolled_back", "it is rolled back by now"],
  ["release_uncleared", "rolled_back", null],
] as const)("at the moment of sending: %s of a release that is %s: %s", (event, state, why) => {
  expect(releaseNoLongerTrue(event, state)).toBe(why);
});

const notice = (incidentId: string | null, releaseId: string | null, severity: string | null) =>
  ({
    ...{ id: "1", event: incidentId ? "opened" : "release_halted", incidentId, releaseId, severity },
    ...{ title: "checkout 2.14.0", phase: "rolled_back", service: "checkout", node: null, text: "" },
    ...{ at: "2026-11-21T10:00:00.000Z", url: null, acknowledgeUrl: null },
  }) satisfies Notice;
const HALT = notice(null, "r1", null);
test.each<[string, Message["notices"], string]>([
  ["one release", [HALT], "Deploy has to stop: checkout 2.14.0"],
  ["releases", [HALT, HALT, notice(null, "r2", null)], "3 notifications of 2 releases"],
  ["both", [HALT, notice("INC-1", null, "P2")], "[P2] 2 notifications of 1 incident and 1 release"],
])("the line that a message of %s begins with", (_, notices, subject) => {
  expect(subjectOf({ key: "k", notices })).toBe(subject);
  expect(factsOf(HALT)).toEqual(["rolled back · service checkout"]);
});

describe("waiting between attempts", () => {
  it.each([
    [1, 0, 1_000],
    [1, 1, 2_000],
    [4, 0.5, 12_000],
    [14, 1, 900_000],
  ])("attempt %d at random %d: %d ms", (attempt, random, ms) => expect(backoffMs(attempt, random)).toBe(ms));

  const NOW = Date.parse("2026-11-20T12:00:00Z");
  it.each([
    [null, null],
    ["120", 120_000],
    ["1.5", 1_500],
    ["Fri, 20 Nov 2026 12:01:00 GMT", 60_000],
    ["Fri, 20 Nov 2026 11:00:00 GMT", 0],
    ["99999999999", 86_400_000],
    ["soon", null],
  ])("Retry-After %j: %j ms", (header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));
});

describe("texts of any length", () => {
  it("fit, and no character is cut in two", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (text, most) => {
          const cut = fit(text, most);
          expect(cut.length).toBeLessThanOrEqual(most);
          expect(cut.isWellFormed()).toBe(text.isWellFormed());
          if (text.length <= most) expect(cut).toBe(text);
        },
      ),
    );
  });

  it("lines fit, and what is left out is counted", () => {
    const lines = fc.array(fc.string({ maxLength: 30 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(lines, fc.integer({ min: 40, max: 400 }), (given, most) => {
        const cut = fitLines(given, most);
        expect(cut.length).toBeLessThanOrEqual(most);
        const more = Number(/… and (\d+) more$/.exec(cut)?.[1] ?? 0);
        if (more > 0) expect(cut.split("\n").length - 1 + more).toBe(given.length);
      }),
    );
  });
});
