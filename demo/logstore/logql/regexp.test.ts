import fc from "fast-check";
import { expect, it } from "vitest";
import { compileRegexp } from "./regexp.ts";

const line = (pattern: string, text: string) => compileRegexp(pattern, { whole: false })(text);
const label = (pattern: string, text: string) => compileRegexp(pattern, { whole: true })(text);

it.each([
  ["sync-[23]", "job=sync-3", true],
  ["sync-[23]", "job=sync-1", false],
  ["(?i)error|fail", "an eRRor", true],
  ["^a.b$", "a\nb", false],
  ["^.$", "🚀", true],
  ["^[^a]$", "🚀", true],
  ["^.{2}$", "🚀", false],
  ["^\\D$", "🚀", true],
  ["^\\s$", "\v", false],
  ["a{2,5}b", "xaaab", true],
  ["(?P<verb>GET|PUT) /", "GET /cart", true],
  ["a\\.b", "axb", false],
  ["\\x41", "A", true],
])("in a line, %j finds %j: %s", (pattern, text, expected) => {
  expect(line(pattern, text)).toBe(expected);
});

it.each([
  ["a|b", "b", true],
  ["a|b", "bc", false],
  ["a.b", "a\nb", true],
  [".*", "", true],
  [".+", "", false],
])("as a whole, %j matches %j: %s", (pattern, text, expected) => {
  expect(label(pattern, text)).toBe(expected);
});

it.each([
  ["(", "error parsing regexp: missing closing ): `(`"],
  ["a)", "error parsing regexp: unexpected ): `a)`"],
  ["[a", "error parsing regexp: missing closing ]: `[a`"],
  ["a\\", "error parsing regexp: trailing backslash"],
  ["*a", "error parsing regexp: bad syntax: `*a`"],
  ["[[:alpha:]]", "not supported by the demo's log store: the regular expression [[:alpha:]]"],
  ["\\pL", "not supported by the demo's log store: the regular expression \\pL"],
  ["(?s)a", "not supported by the demo's log store: the regular expression flags (?s)"],
  ["(?i)é", "not supported by the demo's log store: (?i) with characters beyond ASCII"],
  ["(?=a)", "error parsing regexp"],
  ["a{1,900}", "not supported by the demo's log store: the regular expression a{1,900}"],
  ["x".repeat(1001), "not supported by the demo's log store: regular expressions over 1,000 characters"],
])("refuses %j by name", (pattern, words) => {
  expect(() => line(pattern, "")).toThrow(words);
});

it("takes time linear in the text where backtracking would never end", () => {
  const text = `${"a".repeat(20_000)}!`;
  for (const pattern of ["(a+)+$", "^(a|a)*$", "^(.*.*.*.*.*)x$", "(a?a?a?a?)+b"]) {
    expect(line(pattern, text)).toBe(false);
  }
});

it("agrees with a backtracking engine on small patterns and texts", () => {
  const atom = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\d", "\\w", "1", "é");
  const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
    piece: fc.oneof(
      atom,
      fc.tuple(atom, fc.constantFrom("*", "+", "?", "{1,2}")).map((pair) => pair.join("")),
      tie("pattern").map((inner) => `(${inner})`),
    ),
    pattern: fc.oneof(
      { maxDepth: 3 },
      atom,
      fc.array(tie("piece"), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join("")),
      fc.tuple(tie("piece"), tie("piece")).map((pieces) => pieces.join("|")),
    ),
  }));
  const text = fc.string({ unit: fc.constantFrom("a", "b", "1", "é", "\n", "🚀"), maxLength: 6 });
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      expect(line(source, subject)).toBe(new RegExp(source, "u").test(subject));
      expect(label(source, subject)).toBe(new RegExp(`^(?:${source})$`, "su").test(subject));
    }),
    { numRuns: 500 },
  );
});
