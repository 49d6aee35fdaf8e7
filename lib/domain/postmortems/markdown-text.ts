/** What Markdown or HTML could read as more than text. */
const MEANINGFUL = /[\\`*_[\]<>#|~!&]/g;

/** A line of somebody else's as Markdown that reads as the same line and does nothing else. */
export function plainInMarkdown(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(MEANINGFUL, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/^[-+]/, "\\$&");
}
