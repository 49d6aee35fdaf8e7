/** A piece of a pattern: one character, any one character, or any number of them. */
type Piece = { char: string } | "any" | "many";

/** Alternatives, each a row of pieces that match a whole text. */
export type PlainPattern = readonly (readonly Piece[])[];

const SPECIAL = /[()[\]{}*+?^$]/;

/**
 * The part of a regular expression that label filters need: words, `.`, `.*`, `.+`, escapes of punctuation and `|`.
 * Its matching takes no longer than the lengths of pattern and text multiplied, whoever wrote either.
 * @returns null for anything else
 */
export function plainPattern(text: string): PlainPattern | null {
  const alternatives: Piece[][] = [[]];
  for (let at = 0; at < text.length; at += 1) {
    const current = alternatives.at(-1) ?? [];
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === "|") alternatives.push([]);
    else if (char === "." && (next === "*" || next === "+")) {
      current.push(...(next === "+" ? (["any", "many"] as const) : (["many"] as const)));
      at += 1;
    } else if (char === ".") current.push("any");
    else if (char === "\\" && /^[^\w\s]$/.test(next)) {
      current.push({ char: next });
      at += 1;
    } else if (char === "\\" || SPECIAL.test(char)) return null;
    else current.push({ char });
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
