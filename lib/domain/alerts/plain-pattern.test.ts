import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesPattern, plainPattern } from "./plain-pattern.ts";

const matches = (pattern: string, text: string) => {
  const plain = plainPattern(pattern);
  return plain === null ? "refused" : matchesPattern(plain, text);
};

describe("plainPattern", () => {
  it.each([
    ["checkout", "checkout", true],
    ["checkout", "checkout2", false],
    ["check.*", "check", true],
    ["check.+", "check", false],
    ["check.+", "check1", true],
    ["a.c", "abc", true],
    ["a\\.c", "abc", false],
    ["a\\.c", "a.c", true],
    ["checkout|payments", "payments", true],
    ["checkout|payments", "checkout|payments", false],
    [".*-api|web", "orders-api", true],
    ["", "", true],
    ["a|", "", true],
    ["(a+)+$", "aaaa", "refused"],
    ["a{2}", "aa", "refused"],
    ["\\d", "1", "refused"],
    ["[ab]", "a", "refused"],
  ])("%s on %s: %s", (pattern, text, expected) => expect(matches(pattern, text)).toBe(expected));

  it("agrees with the regular expression that it is a part of", () => {
    const pieces = fc.constantFrom("a", "b", ".", ".*", ".+", "|", "\\.");
    const pattern = fc.array(pieces, { maxLength: 8 }).map((all) => all.join(""));
    const text = fc.array(fc.constantFrom("a", "b", ".", "|"), { maxLength: 10 }).map((all) => all.join(""));
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        expect(matches(source, value)).toBe(new RegExp(`^(?:${source})$`, "su").test(value));
      }),
    );
  });
});
