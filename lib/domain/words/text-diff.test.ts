import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "./text-diff.ts";

const SIGNS = { same: " ", added: "+", removed: "-" };
const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${SIGNS[kind]}${text}`);

describe("diffLines", () => {
  it.each([
    ["a", "a", [" a"]],
    ["a", "b", ["-a", "+b"]],
    ["a\nb\nc", "a\nc", [" a", "-b", " c"]],
    ["a\nc", "a\nb\nc\nd", [" a", "+b", " c", "+d"]],
    ["a\r\nb", "a\nb", [" a", " b"]],
    ["", "a", ["-", "+a"]],
  ])("%j → %j", (before, after, expected) => expect(shown(before, after)).toEqual(expected));

  it("loses no line of either text", () => {
    const text = fc
      .array(fc.constantFrom("", "a", "b", "c", "{}"), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const without = (kind: string) =>
          lines
            .filter((line) => line.kind !== kind)
            .map((line) => line.text)
            .join("\n");
        expect([without("added"), without("removed")]).toEqual([before, after]);
      }),
    );
  });

  it("lays texts of very many lines beside each other rather than over each other", () => {
    const [before, after] = ["a\n".repeat(2000), "b\n".repeat(2000)];
    const kinds = diffLines(before, after).map(({ kind }) => kind);
    expect([kinds[0], kinds.at(-1), kinds.length]).toEqual(["removed", "added", 4002]);
  });
});
