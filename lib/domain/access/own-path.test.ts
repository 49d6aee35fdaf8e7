import fc from "fast-check";
import { expect, it } from "vitest";
import { ownPath } from "./own-path.ts";

it.each([
  ["/", "/"],
  ["/services/checkout?range=6h#latency", "/services/checkout?range=6h#latency"],
  ["/a/../b", "/b"],
  ["/?next=//evil.example", "/?next=//evil.example"],
  ["/apix", "/apix"],
])("goes on to %s", (text, path) => expect(ownPath(text)).toBe(path));

it.each([
  ["nothing", null],
  ["an empty text", ""],
  ["another host without a scheme", "//evil.example"],
  ["the same with backslashes", "/\\evil.example"],
  ["two backslashes", "\\\\evil.example"],
  ["a backslash further on", "/a\\..\\..\\evil"],
  ["an absolute address", "https://evil.example/"],
  ["one without slashes", "https:evil.example"],
  ["a script", "javascript:alert(1)"],
  ["a relative path", "services"],
  ["a leading space", " //evil.example"],
  ["a tab that browsers drop", "/\t/evil.example"],
  ["a line end that browsers drop", "/\n/evil.example"],
  ["a NUL", "/\u0000/evil.example"],
  ["dots that resolve to another host", "/.//evil.example"],
  ["more of them", "/a/..//evil.example"],
  ["dots in disguise", "/%2e//evil.example"],
  ["the API", "/api/v1/me"],
  ["the framework's own files", "/_next/static/x.js"],
])("refuses %s", (_, text) => expect(ownPath(text)).toBeNull());

it("never leads to another host, whatever the text", () => {
  const piece = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "%2f",
    "%2e",
    "@",
    ":",
    "?",
    "#",
    "evil.example",
    "\t",
    "a",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = ownPath(pieces.join(""));
      if (path !== null) expect(new URL(path, "https://burnline.example").host).toBe("burnline.example");
    }),
    { numRuns: 2000 },
  );
});
