import { describe, expect, it } from "vitest";
import { isAtLeast, parseVersion } from "./version.ts";

describe("parseVersion", () => {
  it.each([
    ["prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5)", "prometheus", 2, 42],
    ["prometheus, version 3.5.3 (branch: HEAD, revision: abc)\n  build user: x", "prometheus", 3, 5],
    ["alertmanager, version 0.25.0 (branch: debian/sid)", "alertmanager", 0, 25],
    ["loki, version v3.7.6 (branch: HEAD)", "loki", 3, 7],
  ])("reads %s", (output, name, major, minor) => {
    expect(parseVersion(output, name)).toEqual({ major, minor });
  });

  it.each([
    ["Loki 2.4.7_4, 2009", "loki"],
    ["promtool, version 2.42.0", "prometheus"],
    ["a prometheus, version 2.42.0", "prometheus"],
    ["", "prometheus"],
  ])("does not take %j for %s", (output, name) => {
    expect(parseVersion(output, name)).toBeNull();
  });
});

it.each([
  [2, 25, true],
  [2, 24, false],
  [3, 0, true],
  [1, 99, false],
])("%i.%i is at least 2.25: %s", (major, minor, expected) => {
  expect(isAtLeast({ major, minor }, { major: 2, minor: 25 })).toBe(expected);
});
