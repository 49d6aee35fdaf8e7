/**
 * Where a spreadsheet would begin to calculate: before a sign that begins a formula, full-width ones too, with
 * nothing but blanks and quotes between, at the start of a cell or of what another separator makes one.
 */
const FORMULA_START =
  /(?<=^|[;\t\r\n])(?=[\s"'`\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])/gu;
/** Some begin a new cell here and read on. */
const BREAK_START = /^(?=[\t\r\n])/;

/** One cell: an apostrophe makes text of what a spreadsheet would run, quotes as in RFC 4180. */
function csvCell(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = (value ?? "").replace(FORMULA_START, "'").replace(BREAK_START, "'");
  return /[",;\t\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of a CSV file (RFC 4180), its end included; no cell is taken for a formula. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
