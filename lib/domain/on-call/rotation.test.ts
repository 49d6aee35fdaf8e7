import fc from "fast-check";
import { expect, test } from "vitest";
import {
  dutiesBetween,
  type OnCallPolicy,
  type Rotation,
  turnBeginsMs,
  whoIsNext,
  whoIsOnCall,
} from "./rotation.ts";

const BERLIN: Rotation = {
  name: "primary",
  people: ["ada", "ben", "cho"],
  startsOn: "2026-03-16",
  lengthDays: 7,
  handoverAt: "09:00",
  zone: "Europe/Berlin",
};
const alone = (rotation: Rotation): OnCallPolicy => ({ rotations: [rotation], overrides: [] });
const personAt = (policy: OnCallPolicy, at: string) =>
  whoIsOnCall(policy, Date.parse(at)).map(({ personId }) => personId);

test.each([
  ["before the first turn nobody", "2026-03-16T07:59:59Z", []],
  ["the first turn begins at 09:00 winter time", "2026-03-16T08:00:00Z", ["ada"]],
  ["its last second, a week on", "2026-03-23T07:59:59Z", ["ada"]],
  ["the second turn", "2026-03-23T08:00:00Z", ["ben"]],
  ["the clock went forward on 29 March: 09:00 is an hour earlier in UTC", "2026-03-30T06:59:59Z", ["ben"]],
  ["and not a second later", "2026-03-30T07:00:00Z", ["cho"]],
  ["round again", "2026-04-06T07:00:00Z", ["ada"]],
  ["the clock goes back on 25 October: still at 09:00", "2026-10-26T07:59:59Z", ["ben"]],
  ["the turn after the change", "2026-10-26T08:00:00Z", ["cho"]],
])("%s", (_, at, expected) => expect(personAt(alone(BERLIN), at)).toEqual(expected));

test.each([
  ["in the hour that is skipped it moves on", "02:30", "2026-03-29", "2026-03-29T01:30:00Z"],
  ["of the hour that comes twice the first counts", "02:30", "2026-10-25", "2026-10-25T00:30:00Z"],
])("a hand-over %s", (_, handoverAt, startsOn, begins) => {
  const rotation = { ...BERLIN, handoverAt, startsOn, lengthDays: 1 };
  expect(turnBeginsMs(rotation, 0)).toBe(Date.parse(begins));
  expect(personAt(alone(rotation), begins)).toEqual(["ada"]);
});

test("a daily turn lasts 23 hours in spring and 25 in autumn", () => {
  const daily = { ...BERLIN, startsOn: "2026-03-28", lengthDays: 1 };
  expect(turnBeginsMs(daily, 1) - turnBeginsMs(daily, 0)).toBe(23 * 3_600_000);
  const autumn = { ...BERLIN, startsOn: "2026-10-24", lengthDays: 1 };
  expect(turnBeginsMs(autumn, 1) - turnBeginsMs(autumn, 0)).toBe(25 * 3_600_000);
});

test("whoever stands in has the time of the override, and the turn goes on behind it", () => {
  const [fromMs, toMs] = [Date.parse("2026-03-18T00:00:00Z"), Date.parse("2026-03-19T00:00:00Z")];
  const policy = {
    rotations: [BERLIN],
    overrides: [{ rotation: "primary", personId: "dee", fromMs, toMs }],
  };
  expect(whoIsOnCall(policy, fromMs - 1)[0]).toMatchObject({ personId: "ada", untilMs: fromMs });
  expect(whoIsOnCall(policy, fromMs)).toEqual([
    { rotation: "primary", personId: "dee", fromMs, untilMs: toMs, standIn: true },
  ]);
  expect(whoIsOnCall(policy, toMs)[0]).toMatchObject({ personId: "ada", fromMs: toMs, standIn: false });
  expect(whoIsNext(policy, BERLIN, fromMs - 1)).toMatchObject({ personId: "dee" });
  expect(whoIsNext(alone(BERLIN), BERLIN, Date.parse("2026-03-01T00:00:00Z"))).toMatchObject({
    personId: "ada",
  });
});

test("at every instant exactly one is on call, in turns without a gap, in any zone", () => {
  const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
  const rotations = fc.record({
    name: fc.constant("primary"),
    people: fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
    startsOn: fc.constantFrom("2026-01-01", "2026-03-27", "2026-10-23"),
    lengthDays: fc.integer({ min: 1, max: 21 }),
    handoverAt: fc.constantFrom("00:00", "02:15", "02:30", "09:00", "23:59"),
    zone: fc.constantFrom(...zones),
  });
  const days = fc.integer({ min: 2, max: 700 });
  fc.assert(
    fc.property(rotations, days, fc.integer({ min: 0, max: 86_399_999 }), (rotation, day, ms) => {
      const atMs = Date.parse(`${rotation.startsOn}T00:00:00Z`) + day * 86_400_000 + ms;
      const [duty, ...others] = whoIsOnCall(alone(rotation), atMs);
      expect(others).toEqual([]);
      expect(duty!.fromMs <= atMs && atMs < duty!.untilMs).toBe(true);
      const next = whoIsNext(alone(rotation), rotation, atMs)!;
      expect(next.fromMs).toBe(duty!.untilMs);
      const [nth, after] = [duty!, next].map(({ personId }) => rotation.people.indexOf(personId));
      expect(after).toBe((nth! + 1) % rotation.people.length);
    }),
  );
});

test("the duties of a span: turns, a stand-in, and nobody before it begins", () => {
  const at = (day: string) => Date.parse(`2026-03-${day}Z`);
  const policy = {
    rotations: [BERLIN],
    overrides: [
      { rotation: "primary", personId: "dee", fromMs: at("14T00:00:00"), toMs: at("15T00:00:00") },
      { rotation: "primary", personId: "eve", fromMs: at("25T00:00:00"), toMs: at("26T00:00:00") },
    ],
  };
  const duties = dutiesBetween(policy, BERLIN, at("13T00:00:00"), at("31T00:00:00"));
  expect(duties.map(({ personId, fromMs, untilMs }) => [personId, fromMs, untilMs])).toEqual([
    ["dee", at("14T00:00:00"), at("15T00:00:00")],
    ["ada", at("16T08:00:00"), at("23T08:00:00")],
    ["ben", at("23T08:00:00"), at("25T00:00:00")],
    ["eve", at("25T00:00:00"), at("26T00:00:00")],
    ["ben", at("26T00:00:00"), at("30T07:00:00")],
    ["cho", at("30T07:00:00"), at("31T00:00:00") + 6 * 86_400_000 + 7 * 3_600_000],
  ]);
});

test("the duties of a span are those of each of its instants, whoever stands in", () => {
  const hours = fc.integer({ min: 0, max: 24 * 40 });
  const spans = fc.array(fc.tuple(hours, fc.integer({ min: 1, max: 60 })), { maxLength: 6 });
  const beginMs = Date.parse("2026-10-10T00:00:00Z");
  fc.assert(
    fc.property(spans, hours, fc.integer({ min: 1, max: 9 }), (standIns, hour, lengthDays) => {
      const rotation = { ...BERLIN, startsOn: "2026-10-15", lengthDays };
      const overrides = standIns.map(([from, length], nth) => ({
        rotation: "primary",
        personId: `stand-in ${nth}`,
        fromMs: beginMs + from * 3_600_000,
        toMs: beginMs + (from + length) * 3_600_000,
      }));
      const policy = { rotations: [rotation], overrides };
      const duties = dutiesBetween(policy, rotation, beginMs, beginMs + 40 * 86_400_000);
      const atMs = beginMs + hour * 3_600_000;
      const drawn = duties.filter(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
      expect(drawn.map(({ personId }) => personId)).toEqual(
        whoIsOnCall(policy, atMs).map(({ personId }) => personId),
      );
    }),
  );
});
