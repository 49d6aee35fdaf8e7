/** ANSI control sequences: CSI (colours, cursor) and OSC (titles, links). */
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/g;
/** Control characters, and those that reorder, hide or break text: bidirectional, zero width, separators. */
const UNSAFE =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/**
 * Text of others as it can be shown without harm: terminal colours are dropped, and characters that would
 * hide or reorder the text are written as their code point, such as ⟨U+202E⟩.
 */
export function harmlessText(text: string): string {
  return text.replace(ESCAPES, "").replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `⟨U+${code}⟩`;
  });
}

/** The same of text in several lines, which stay lines. */
export function harmlessLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(harmlessText)
    .join("\n");
}
