import { describe, expect, it } from "vitest";
import { silenceFieldOf, toSilence } from "./silence-form.ts";

const NOW_MS = Date.now();
const form = { matchers: 'service="checkout"', hours: "2", reason: "deploy" };

describe("toSilence", () => {
  it("asks for what was filled in", () =>
    expect(toSilence(form, NOW_MS).wanted).toEqual({
      matchers: [{ label: "service", operator: "=", value: "checkout" }],
      endsAt: new Date(NOW_MS + 7_200_000).toISOString(),
      reason: "deploy",
    }));

  it.each([
    [{ matchers: "service" }, "matchers"],
    [{ matchers: "" }, "matchers"],
    [{ reason: "  " }, "reason"],
    [{ hours: String(91 * 24) }, "hours"],
  ])("refuses %o at its field", (change, field) =>
    expect(Object.keys(toSilence({ ...form, ...change }, NOW_MS).errors ?? {})).toEqual([field]),
  );
});

it.each([
  ["matchers.0.label", "matchers"],
  ["endsAt", "hours"],
  ["source", null],
])("%s belongs to %s", (path, field) => expect(silenceFieldOf(path)).toBe(field));
