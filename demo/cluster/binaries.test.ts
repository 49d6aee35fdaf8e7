import { describe, expect, it } from "vitest";
import { isAtLeast, parseVersion } from "./binaries.ts";
import { installHint, packageSystem } from "./install-hint.ts";

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

describe("install hint", () => {
  it.each([
    ["darwin", [], "brew"],
    ["linux", ["/usr/bin/apt-get", "/usr/bin/dpkg"], "apt"],
    ["linux", ["/usr/bin/apt-get"], "other"],
    ["linux", ["/usr/bin/pacman"], "pacman"],
    ["linux", ["/sbin/apk"], "apk"],
    ["linux", [], "other"],
  ] as const)("%s with %j installs through %s", (platform, files, expected) => {
    expect(packageSystem(platform, (file) => (files as readonly string[]).includes(file))).toBe(expected);
  });

  it("names the command and the settings for one's own servers", () => {
    const hint = installHint("prometheus", { major: 2, minor: 25 }, "brew");
    expect(hint).toContain("prometheus 2.25 or newer");
    expect(hint).toContain("  brew install prometheus alertmanager\n");
    expect(hint).toContain("PROMETHEUS_URL=");
    expect(hint).toContain("ALERTMANAGER_URL=");
  });
});
