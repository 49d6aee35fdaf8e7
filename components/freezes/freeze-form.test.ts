import { describe, expect, it } from "vitest";
import { concerned } from "./concerned.ts";
import { freezeFieldOf, presetForm, toFreeze } from "./freeze-form.ts";

const VIENNA = "Europe/Vienna";
/** A Saturday. */
const NOW = Date.parse("2026-11-21T12:00:00Z");
const rest = { services: [], tiers: [], reason: "nobody is here" };

describe("declaring a freeze", () => {
  it("on Fridays begins with the next one", () => {
    const { wanted } = toFreeze({ ...presetForm("fridays", NOW, VIENNA), ...rest });
    expect(wanted?.when).toEqual({
      ...{ kind: "recurring", rule: "FREQ=WEEKLY;BYDAY=FR", startsAt: "2026-11-27T15:00" },
      ...{ durationMinutes: 540, zone: VIENNA },
    });
  });

  it("over the holidays runs on the wall clock of the zone", () => {
    const { wanted } = toFreeze({ ...presetForm("holidays", NOW, VIENNA), ...rest });
    expect(wanted?.when).toEqual({
      kind: "once",
      from: "2026-12-23T23:00:00.000Z",
      to: "2027-01-02T07:00:00.000Z",
    });
    const late = presetForm("holidays", Date.parse("2026-12-29T12:00:00Z"), VIENNA);
    expect(late.from).toBe("2026-12-29T00:00");
  });

  it.each([
    [{ zone: "Mars/Olympus" }, "zone"],
    [{ from: "" }, "from"],
    [{ to: "2020-01-01T00:00" }, "to"],
    [{ name: " " }, "name"],
    [{ kind: "recurring", hours: "0" }, "hours"],
    [{ kind: "recurring", hours: "two" }, "hours"],
    [{ kind: "recurring", rule: "" }, "rule"],
  ] as const)("says what is wrong with %j", (more, field) => {
    const { errors } = toFreeze({ ...presetForm("once", NOW, VIENNA), ...rest, name: "x", ...more });
    expect(Object.keys(errors ?? {})[0]).toBe(field);
  });

  it("finds the field of a refusal", () => {
    expect(freezeFieldOf("when.durationMinutes")).toBe("hours");
    expect(freezeFieldOf("services.3")).toBe("services");
    expect(freezeFieldOf("else")).toBeNull();
  });

  it("says whom it concerns", () => {
    expect(concerned({ services: [], tiers: [] })).toBe("every service");
    expect(concerned({ services: ["checkout"], tiers: ["critical"] })).toBe("checkout and tier critical");
  });
});
