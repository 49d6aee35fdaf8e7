import { describe, expect, it } from "vitest";
import { installHint, packageSystem } from "./install-hint.ts";

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
