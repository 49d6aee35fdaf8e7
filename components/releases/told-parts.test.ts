import { expect, it } from "vitest";
import { partsOf } from "./told-parts.ts";

const shape = (text: string) => partsOf(text).map(({ text: words, at }) => (at === null ? words : [at]));

it.each([
  ["healthy x low = approve", ["healthy x low = approve"]],
  [
    "frozen: Fair, until 2026-11-22T16:23:50.946Z: at least block",
    ["frozen: Fair, until ", ["2026-11-22T16:23:50.946Z"], ": at least block"],
  ],
  ["the freeze is over, 2026-11-22 16:23 UTC", ["the freeze is over, ", ["2026-11-22T16:23:00Z"]]],
  ["2026-11-22T16:23:50Z", [["2026-11-22T16:23:50Z"]]],
  ["until 2026-13-42T99:00:00Z", ["until ", "2026-13-42T99:00:00Z"]],
  ["", []],
])("%j is cut into %j", (text, parts) => expect(shape(text)).toEqual(parts));
