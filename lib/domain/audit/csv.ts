/**
 * Where a spreadsheet would begin to calculate: at a sign that begins a formula, full-width ones too, after
 * nothing but blanks and quotes, at the start of a cell or of what a list of another separator makes one.
 */
const FORMULA_START =
  /(^|[;\t\r\n])(?=[\s"'`\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\t\r\n])/gu;

/** One cell: an apostrophe makes text of what a spreadsheet would run, quotes as in RFC 4180. */
function csvCell(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = (value ?? "").replace(FORMULA_START, "$1'");
  return /[",;\t\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line of a CSV file (RFC 4180), its end included; no cell is taken for a formula. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
