/** Reading takes time with the square of the marks in one paragraph, and with the number of all: about a second's worth. */
const MAX_SQUARES = 1_000_000;
const MAX_MARKS = 10_000;
/** Lines of lists and quotes, each as often as it is deep. */
const MAX_CONTAINERS = 2_000;
const MAX_DEPTH = 8;
const MAX_INDENT = 80;
const MAX_CELLS = 60;

const MARKS = /[*_~`[\]<@]/g;
const CONTAINERS = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))+/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

const countOf = (pattern: RegExp, text: string) => text.match(pattern)?.length ?? 0;
const isBlank = (line: string) => line.trim() === "";
/** A list item is a paragraph of its own, a line of a quote goes on with the one before. */
const isItem = (line: string) => /[-+*.)]$/.test(CONTAINERS.exec(line)?.[0] ?? "");

function closes(line: string, fence: string): boolean {
  const run = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1] ?? "";
  return run.length >= fence.length && run[0] === fence[0];
}

/** The lines outside of fences, whose code is not looked into; a fence begins and ends a paragraph as a blank line does. */
function linesOf(markdown: string): string[] {
  let fence: string | null = null;
  return markdown.split(/\r\n|\r|\n/).map((line) => {
    const inside = fence !== null;
    if (fence === null) fence = FENCE.exec(line)?.[1] ?? null;
    else if (closes(line, fence)) fence = null;
    return inside || fence !== null ? "" : line;
  });
}

/** How deep a line stands in lists and quotes; endless where no text that is meant to be read does. */
function depthOf(line: string): number {
  const depth = countOf(/>|[-+*]|\d+/g, CONTAINERS.exec(line)?.[0] ?? "");
  const absurd =
    depth > MAX_DEPTH || line.search(/[^ \t]|$/) > MAX_INDENT || countOf(/\|/g, line) > MAX_CELLS;
  return absurd ? Infinity : depth;
}

/**
 * Whether Markdown is made to be slow to read rather than to be read: nested very deep, or with thousands of marks.
 * It takes a moment itself, whatever the text.
 */
export function isIntricate(markdown: string): boolean {
  let containers = 0;
  let marks = 0;
  let squares = 0;
  let inParagraph = 0;
  for (const line of [...linesOf(markdown), ""]) {
    const own = countOf(MARKS, line);
    containers += depthOf(line);
    marks += own + countOf(/\|/g, line);
    if (isBlank(line) || isItem(line)) {
      squares += inParagraph ** 2;
      inParagraph = 0;
    }
    inParagraph += isBlank(line) ? 0 : 1 + own;
  }
  return containers > MAX_CONTAINERS || marks > MAX_MARKS || squares > MAX_SQUARES;
}
