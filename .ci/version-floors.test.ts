import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

/** Oldest versions we may ship, each for a reason; an offline stand-in for an audit. */
const FLOORS: [name: string, floor: string, reason: string][] = [
  ["next", "16.4.1", "older releases have remote code execution flaws"],
  ["react", "19.3.0", "older server components can be made to run foreign code"],
  ["react-dom", "19.3.0", "kept in step with react"],
  ["undici", "8.0.0", "oldest line the query plane is tested on"],
  ["ws", "8.17.1", "older versions fall over on many headers"],
  ["zod", "4.0.0", "the wire contracts are written for 4"],
  ["pg", "8.20.0", "oldest release tried against PostgreSQL 18"],
];

interface Lock {
  packages: Record<string, { version?: string; resolved?: string }>;
}
const lock = JSON.parse(
  readFileSync(path.join(path.dirname(import.meta.dirname), "package-lock.json"), "utf8"),
) as Lock;

function isAtLeast(version: string, floor: string): boolean {
  const [a = [], b = []] = [version, floor].map((text) => text.split("-", 1)[0]?.split(".").map(Number));
  for (let i = 0; i < 3; i += 1) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) > (b[i] ?? 0);
  }
  return !version.includes("-");
}

describe("version floors", () => {
  it.each([
    ["16.4.1", "16.4.1", true],
    ["16.4.0", "16.4.1", false],
    ["16.10.0", "16.4.1", true],
    ["16.4.1-canary.3", "16.4.1", false],
    ["17.0.0", "16.4.1", true],
  ])("%s is at least %s: %s", (version, floor, expected) => expect(isAtLeast(version, floor)).toBe(expected));

  it.each(FLOORS)("every copy of %s is at least %s (%s)", (name, floor) => {
    const copies = Object.entries(lock.packages).filter(([key]) => key.endsWith(`node_modules/${name}`));
    expect(copies.length).toBeGreaterThan(0);
    expect(copies.filter(([, entry]) => !isAtLeast(entry.version ?? "0", floor))).toEqual([]);
  });

  it("records no download address of any registry", () => {
    expect(Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith("http"))).toEqual([]);
  });
});
