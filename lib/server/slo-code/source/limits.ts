import "server-only";
import { CST, Lexer } from "yaml";

export const MAX_CHARACTERS = 900_000;
const MAX_TOKENS = 200_000;
const MAX_NESTING = 50;

/** What a token adds to the levels that are open at once in brackets. */
const BRACKETS: Readonly<Record<string, number>> = {
  "flow-seq-start": 1,
  "flow-map-start": 1,
  "flow-seq-end": -1,
  "flow-map-end": -1,
};
/** Each opens a level of its own within the line. */
const COMPACT = new Set(["seq-item-ind", "explicit-key-ind"]);

/**
 * Why a text must not be given to the parser, which takes minutes or dies over some; null when it may. The lexer
 * takes linear time over anything.
 */
export function whyTooMuch(text: string): string | null {
  if (text.length > MAX_CHARACTERS)
    return `The text has ${text.length} characters, more than ${MAX_CHARACTERS}.`;
  let tokens = 0;
  let open = 0;
  let onLine = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token) ?? "";
    tokens += 1;
    open = type === "doc-start" ? 0 : open + (BRACKETS[type] ?? 0);
    onLine = type === "newline" ? 0 : onLine + Number(COMPACT.has(type));
    if (Math.max(open, onLine) > MAX_NESTING) return `It is nested more than ${MAX_NESTING} levels deep.`;
    if (tokens > MAX_TOKENS) return `It has more than ${MAX_TOKENS} parts; split it.`;
  }
  return null;
}
