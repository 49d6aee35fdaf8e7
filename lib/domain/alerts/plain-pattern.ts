/** A piece of a pattern: one character, any one character, or any number of them. */
type Piece = { char: string } | "any" | "many";

/** Alternatives, each a row of pieces that match a whole text. */
export type PlainPattern = readonly (readonly Piece[])[];

const SPECIAL = /[()[\]{}*+?^$]/;

interface Read {
  pieces: readonly Piece[];
  /** How many characters of the pattern they are. */
  length: number;
}

/** What the pattern says at a place; null for what is not of the plain kind. */
function pieceAt(text: string, at: number): Read | null {
  const char = text.charAt(at);
  const next = text.charAt(at + 1);
  if (char === "." && next === "*") return { pieces: ["many"], length: 2 };
  if (char === "." && next === "+") return { pieces: ["any", "many"], length: 2 };
  if (char === ".") return { pieces: ["any"], length: 1 };
  if (char === "\\") return /^[^\w\s]$/.test(next) ? { pieces: [{ char: next }], length: 2 } : null;
  return SPECIAL.test(char) ? null : { pieces: [{ char }], length: 1 };
}

/**
 * The part of a regular expression that label filters need: words, `.`, `.*`, `.+`, escapes of punctuation and `|`.
 * Its matching takes no longer than the lengths of pattern and text multiplied, whoever wrote either.
 * @returns null for anything else
 */
export function plainPattern(text: string): PlainPattern | null {
  const alternatives: Piece[][] = [[]];
  for (let at = 0; at < text.length;) {
    if (text.charAt(at) === "|") {
      alternatives.push([]);
      at += 1;
      continue;
    }
    const read = pieceAt(text, at);
    if (!read) return null;
    alternatives.at(-1)?.push(...read.pieces);
    at += read.length;
  }
  return alternatives;
}

function matchesRow(pieces: readonly Piece[], text: string): boolean {
  let at = 0;
  let piece = 0;
  // Where the last "many" stood, and how far its match reached: the only place to go back to.
  let many = -1;
  let reached = 0;
  while (at < text.length) {
    const wanted = pieces[piece];
    if (wanted === "many") {
      many = piece;
      reached = at;
      piece += 1;
    } else if (wanted !== undefined && (wanted === "any" || wanted.char === text.charAt(at))) {
      at += 1;
      piece += 1;
    } else if (many >= 0) {
      reached += 1;
      at = reached;
      piece = many + 1;
    } else return false;
  }
  return pieces.slice(piece).every((rest) => rest === "many");
}

/** Whether the whole text matches one of the alternatives. */
export function matchesPattern(pattern: PlainPattern, text: string): boolean {
  return pattern.some((pieces) => matchesRow(pieces, text));
}
