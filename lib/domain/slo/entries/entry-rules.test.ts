import { describe, expect, test } from "vitest";
import type { Principal, Role } from "#lib/domain/access/permissions.ts";
import {
  type AddedEntry,
  type EntryChange,
  needsSecondPerson,
  whyNotApprove,
  whyNotWithdraw,
} from "./entry-rules.ts";

const NOW = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;

function person(role: Role, id: string = role): Principal {
  return { id, roles: [role], scopes: "all" };
}
const OWNER = person("product_owner");
const SRE = person("sre");

function exclusion(startMs: number, endMs = startMs + HOUR): EntryChange {
  return { kind: "exclusion", window: { kind: "one_off", startMs, endMs, reason: "new switch" } };
}
const AHEAD = exclusion(NOW + HOUR);
const BEGUN = exclusion(NOW - HOUR);
const NIGHTLY: EntryChange = {
  kind: "exclusion",
  window: {
    kind: "recurring",
    start: { year: 2026, month: 11, day: 1, hour: 2, minute: 0 },
    durationMinutes: 30,
    rule: "FREQ=DAILY",
    zone: "Europe/Berlin",
    reason: "nightly",
  },
};
const CORRECTION: EntryChange = { kind: "correction" };
const NOTE: EntryChange = { kind: "note" };

describe("a second person", () => {
  test.each<[string, EntryChange, Principal, boolean]>([
    ["is needed for a correction", CORRECTION, OWNER, true],
    ["is needed for an exclusion that has begun", BEGUN, OWNER, true],
    ["is needed for a recurring one that has begun", NIGHTLY, OWNER, true],
    ["is not needed for what lies ahead", AHEAD, OWNER, false],
    ["is needed for what lies ahead when an SRE writes it", AHEAD, SRE, true],
    ["is never needed for a note", NOTE, SRE, false],
  ])("%s", (_, fact, author, needed) => expect(needsSecondPerson(fact, author, NOW)).toBe(needed));
});

function added(fact: EntryChange, state: AddedEntry["state"], author = OWNER): AddedEntry {
  return { fact, state, authorId: author.id };
}

describe("agreeing", () => {
  test.each<[string, AddedEntry, Principal, RegExp | null]>([
    ["another product owner may", added(CORRECTION, "proposed"), person("product_owner", "other"), null],
    ["an admin may", added(CORRECTION, "proposed", SRE), person("admin"), null],
    ["its author may not", added(CORRECTION, "proposed"), OWNER, /second person/],
    [
      "a token of its author may not",
      added(CORRECTION, "proposed"),
      { ...OWNER, scopes: ["write"] },
      /second person/,
    ],
    ["an SRE may not", added(CORRECTION, "proposed"), SRE, /role/],
    ["nobody may twice", added(CORRECTION, "in_force"), person("admin"), /nobody/],
    ["nobody may once it is withdrawn", added(CORRECTION, "withdrawn"), person("admin"), /nobody/],
  ])("%s", (_, entry, by, words) => {
    const why = whyNotApprove(entry, by);
    if (words === null) expect(why).toBeNull();
    else expect(why).toMatch(words);
  });
});

describe("withdrawing", () => {
  test.each<[string, AddedEntry, Principal, RegExp | null]>([
    ["a proposal: its author may", added(CORRECTION, "proposed", SRE), SRE, null],
    ["a proposal: a product owner may", added(CORRECTION, "proposed", SRE), OWNER, null],
    ["a proposal: another SRE may not", added(CORRECTION, "proposed", SRE), person("sre", "two"), /role/],
    ["what lies ahead: its author may", added(AHEAD, "in_force"), OWNER, null],
    ["what has begun: its author may not", added(BEGUN, "in_force"), OWNER, /another person/],
    ["what has begun: another may", added(BEGUN, "in_force"), person("admin"), null],
    ["a correction: its author may not", added(CORRECTION, "in_force"), OWNER, /another person/],
    ["a correction: an SRE may not", added(CORRECTION, "in_force"), SRE, /role/],
    ["a note: its author may", added(NOTE, "in_force", SRE), SRE, null],
    ["a note: another SRE may not", added(NOTE, "in_force", SRE), person("sre", "two"), /role/],
    ["its author, now a viewer, may not", added(NOTE, "in_force"), person("viewer", OWNER.id), /role/],
    ["what is withdrawn stays so", added(NOTE, "withdrawn"), OWNER, /already/],
  ])("%s", (_, entry, by, words) => {
    const why = whyNotWithdraw(entry, by, NOW);
    if (words === null) expect(why).toBeNull();
    else expect(why).toMatch(words);
  });
});
