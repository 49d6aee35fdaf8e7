import { describe, expect, it } from "vitest";
import type { ActionItem } from "#lib/contracts/postmortems-action-items.ts";
import { dayOf, endOfDay, fromForm, toForm } from "./action-item-form.ts";

const ITEM: ActionItem = {
  id: "a",
  incident: { id: "INC-1", title: "Down", severity: "P1" },
  text: "Alert earlier",
  owner: { id: "ada", name: "Ada" },
  dueAt: "2026-10-25T22:59:00.000Z",
  link: null,
  doneAt: null,
  overdue: false,
  remindedAt: null,
  version: 1,
};

describe("the day something is due", () => {
  it.each([
    // The day on which Vienna sets its clocks back ends at 22:59 UTC, the day before at 21:59.
    { day: "2026-10-24", zone: "Europe/Vienna", at: "2026-10-24T21:59:00.000Z" },
    { day: "2026-10-25", zone: "Europe/Vienna", at: "2026-10-25T22:59:00.000Z" },
    { day: "2026-12-01", zone: "UTC", at: "2026-12-01T23:59:00.000Z" },
    { day: "2026-12-01", zone: "America/New_York", at: "2026-12-02T04:59:00.000Z" },
  ])("$day in $zone ends at $at, and reads back", ({ day, zone, at }) => {
    expect(endOfDay(day, zone)).toBe(at);
    expect(dayOf(at, zone)).toBe(day);
  });

  it.each(["", "soon"])("is none for %j", (text) => {
    expect(endOfDay(text, "UTC")).toBeNull();
  });
});

describe("the form", () => {
  it("keeps an instant whose day was not changed", () => {
    const item = { ...ITEM, dueAt: "2026-12-01T08:00:00.000Z" };
    const form = toForm(item, "UTC");
    expect(fromForm(form, item, "UTC").dueAt).toBe(item.dueAt);
    expect(fromForm({ ...form, due: "2026-12-02" }, item, "UTC").dueAt).toBe("2026-12-02T23:59:00.000Z");
    expect(fromForm({ ...form, due: "" }, item, "UTC").dueAt).toBeNull();
  });

  it("sends what is empty as nothing", () => {
    expect(fromForm(toForm(null, "UTC"), null, "UTC")).toEqual({
      text: "",
      ownerId: null,
      dueAt: null,
      link: null,
    });
  });
});
