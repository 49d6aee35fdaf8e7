import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type OnCallDocument, OnCallDocument as OnCallSchema } from "#lib/contracts/on-call.ts";
import type { RoutingDocument } from "#lib/contracts/notifications.ts";
import { NOTIFICATION_EVENTS } from "#lib/domain/notifications/event.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import { onCallFieldOf, toOnCallDocument, toOnCallForm } from "./on-call-form.ts";
import {
  errorsOf,
  issuesIn,
  issuesOfRefusal,
  messageOf,
  toPolicyDocument,
  toPolicyForm,
} from "./policy-form.ts";

const BERLIN = {
  name: "primary",
  people: ["ada", "ben"],
  startsOn: "2026-10-19",
  lengthDays: 7,
  handoverAt: "09:00",
  zone: "Europe/Berlin",
};
const standIn = (from: string, to: string, rotation = "primary") => ({ rotation, personId: "cho", from, to });
const withStandIns = (...overrides: OnCallDocument["overrides"]): OnCallDocument => ({
  rotations: [BERLIN, { ...BERLIN, name: "second", zone: "Asia/Kathmandu" }],
  overrides,
});

describe("the form of a rotation", () => {
  const form = toOnCallForm(
    withStandIns(
      standIn("2026-11-21T08:00:00.000Z", "2026-11-21T20:00:00.000Z", "second"),
      // The second 02:30 of the night in which the clock goes back.
      standIn("2026-10-25T01:30:00Z", "2026-10-25T06:00:00Z"),
    ),
  );

  test("shows the wall clock of its zone", () => {
    expect(form.rotations.map(({ overrides }) => overrides[0])).toMatchObject([
      { from: "2026-10-25T02:30", to: "2026-10-25T07:00" },
      { from: "2026-11-21T13:45", to: "2026-11-22T01:45" },
    ]);
  });

  test("an hour that comes twice stays the one that was kept, and means the first when typed anew", () => {
    expect(toOnCallDocument(form).overrides[0]?.from).toBe("2026-10-25T01:30:00Z");
    form.rotations[0]!.overrides[0]!.fromKept = "";
    expect(toOnCallDocument(form).overrides[0]?.from).toBe("2026-10-25T00:30:00.000Z");
  });

  test("stand-ins go with a rotation that is renamed, and move with its zone", () => {
    const [first, second] = form.rotations;
    const renamed = { rotations: [{ ...first!, name: "night", zone: "UTC" }, second!] };
    expect(toOnCallDocument(renamed).overrides[0]).toMatchObject({
      rotation: "night",
      to: "2026-10-25T07:00:00.000Z",
    });
  });

  test.each([
    ["rotations.1.zone", "rotations.1.zone"],
    ["overrides.0.personId", "rotations.0.overrides.0.personId"],
    ["overrides.1.to", "rotations.1.overrides.0.to"],
    ["overrides.2.to", "overrides.2.to"],
    ["overrides", "overrides"],
  ])("the path %s of the document is the field %s", (path, field) =>
    expect(onCallFieldOf(path, form)).toBe(field),
  );
});

const moments = fc
  .integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-01-01") })
  .map((atMs) => new Date(atMs).toISOString());
const onCallDocuments = fc
  .record({
    rotations: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom("primary", "second", "third"),
        people: fc.array(fc.constantFrom("ada", "ben", "cho"), { minLength: 1 }),
        startsOn: fc.constantFrom("2026-03-29", "2026-10-25"),
        lengthDays: fc.integer({ min: 1, max: 90 }),
        handoverAt: fc.constantFrom("00:00", "02:30", "23:59"),
        zone: fc.constantFrom("Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "UTC"),
      }),
      { selector: ({ name }) => name, minLength: 1 },
    ),
    overrides: fc.array(
      fc.record({ nth: fc.nat(2), personId: fc.constantFrom("ada", "dee"), from: moments, to: moments }),
    ),
  })
  .map(({ rotations, overrides }) => ({
    rotations,
    overrides: overrides
      .filter(({ from, to }) => from < to)
      .map(({ nth, ...one }) => ({ rotation: rotations[nth % rotations.length]!.name, ...one })),
  }));

test("on-call: through the form nothing is lost, and of each rotation the order in which they were entered stays", () => {
  fc.assert(
    fc.property(onCallDocuments, (document) => {
      expect(OnCallSchema.safeParse(document).success).toBe(true);
      const { rotations, overrides } = toOnCallDocument(toOnCallForm(document));
      expect(rotations).toEqual(document.rotations);
      expect(overrides).toHaveLength(document.overrides.length);
      for (const { name } of rotations) {
        const mine = (all: OnCallDocument["overrides"]) => all.filter(({ rotation }) => rotation === name);
        expect(mine(overrides)).toEqual(mine(document.overrides));
      }
    }),
  );
});

const some = <T extends string>(values: readonly T[]) => fc.subarray([...values]);
const choices = fc.oneof(
  fc.constant("all" as const),
  fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
);

test("routing and escalation: through the form nothing is lost", () => {
  const rules = fc.array(
    fc.record({
      name: fc.string({ minLength: 1 }),
      events: some(NOTIFICATION_EVENTS),
      severities: some(SEVERITIES),
      services: fc.array(fc.string({ minLength: 1 })),
      tiers: some(["critical", "standard"] as const),
      channels: choices,
    }),
  );
  const quietHours = fc.option(
    fc.constant({ severities: ["P3" as const], zone: "UTC", from: "21:00", to: "06:30" }),
  );
  const routing = fc.record({ rules, quietHours }) as fc.Arbitrary<RoutingDocument>;
  fc.assert(
    fc.property(routing, (document) => {
      expect(toPolicyDocument("routing", toPolicyForm("routing", document))).toEqual(document);
    }),
  );
  const path = fc.record({
    steps: fc.array(fc.record({ rotations: fc.array(fc.string()), channels: choices }), { maxLength: 3 }),
    everyMinutes: fc.integer({ min: 1 }),
    rounds: fc.integer({ min: 1 }),
  });
  const escalation = fc.record({
    paths: fc.record({ P1: path, P2: path, P3: path, P4: path }),
    reach: fc.array(fc.record({ personId: fc.string(), channels: fc.array(fc.string()) })),
  });
  fc.assert(
    fc.property(escalation, (document) => {
      expect(toPolicyDocument("escalation", toPolicyForm("escalation", document))).toEqual(document);
    }),
  );
});

describe("what is wrong stands at its field", () => {
  const form = toPolicyForm(
    "on_call",
    withStandIns(standIn("2026-11-21T08:00:00Z", "2026-11-21T09:00:00Z", "second")),
  );
  const refused = (...errors: { path: string; message: string }[]) => ({
    type: "urn:burnline:error:invalid",
    title: "Some fields are not valid",
    status: 422,
    code: "invalid" as const,
    detail: "",
    errors,
    requestId: "1",
  });

  test("of the browser's own", () => {
    const [first, second] = form.rotations;
    const broken = {
      rotations: [
        { ...first!, lengthDays: NaN, people: [] },
        { ...second!, name: "primary", overrides: [{ ...second!.overrides[0]!, to: "" }] },
      ],
    };
    expect(issuesIn("on_call", form)).toEqual([]);
    const errors = errorsOf(issuesIn("on_call", broken));
    const messages = (...fields: string[]) => fields.map((field) => messageOf(errors, field));
    expect(messages("rotations.0.lengthDays", "rotations.0.people", "rotations.1.overrides.0.to")).toEqual([
      "is needed",
      "at least one person",
      "is needed",
    ]);
  });

  test("two rotations of one name", () => {
    const [first, second] = form.rotations;
    const twice = { rotations: [first!, { ...second!, name: "primary" }] };
    expect(messageOf(errorsOf(issuesIn("on_call", twice)), "rotations.1.name")).toBe("is taken");
  });

  test("of the server's", () => {
    const problem = refused(
      { path: "document.rotations.0.people.1", message: "is nobody we know" },
      { path: "document.overrides.0.personId", message: "is nobody we know" },
      { path: "document.rotations", message: "the escalation still tells it" },
    );
    expect(issuesOfRefusal("on_call", problem, form).map(({ field }) => field)).toEqual([
      "rotations.0.people",
      "rotations.1.overrides.0.personId",
      "root",
    ]);
  });

  test("of a step, whose rotations are a choice of several", () => {
    const path = { steps: [{ rotations: ["gone"], channels: [] }], everyMinutes: 5, rounds: 1 };
    const escalation = { paths: { P1: path, P2: path, P3: path, P4: path }, reach: [] };
    const problem = refused({ path: "document.paths.P2.steps.0.rotations.0", message: "is no rotation" });
    expect(issuesOfRefusal("escalation", problem, escalation)).toEqual([
      { field: "paths.P2.steps.0.rotations", message: "is no rotation" },
    ]);
  });
});
