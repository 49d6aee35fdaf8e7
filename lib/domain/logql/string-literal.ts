/**
 * Writes text as a LogQL string literal. JSON's escapes are a subset of LogQL's (Go's), lone surrogates
 * become U+FFFD because no Loki value can hold one.
 */
export function quote(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

const SIMPLE_ESCAPES: Record<string, string> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
};

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{3})|([\s\S]))/gu;

/**
 * Reads a LogQL string literal (double-quoted or back-quoted); null when it is not one. Escapes are Go's;
 * `\x` and octal escapes above 0x7f stand for single bytes and are refused.
 */
export function unquote(literal: string): string | null {
  const inner = literal.slice(1, -1);
  if (literal.length < 2) return null;
  if (literal.startsWith("`")) return literal.endsWith("`") && !inner.includes("`") ? inner : null;
  if (!literal.startsWith('"') || !literal.endsWith('"')) return null;
  if (/["\n]/.test(inner.replaceAll(ESCAPE, "")) || /\\$/.test(inner.replaceAll(ESCAPE, ""))) return null;
  let valid = true;
  const text = inner.replaceAll(ESCAPE, (_, u4, u8, byte, octal, simple: string | undefined) => {
    const character =
      simple === undefined
        ? codePoint(u4 ?? u8 ?? byte ?? octal, u4 === undefined && u8 === undefined, octal !== undefined)
        : SIMPLE_ESCAPES[simple];
    if (character === undefined) valid = false;
    return character ?? "";
  });
  return valid ? text : null;
}

function codePoint(digits: string, isByte: boolean, isOctal: boolean): string | undefined {
  const code = Number.parseInt(digits, isOctal ? 8 : 16);
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code > (isByte ? 0x7f : 0x10ffff) || surrogate) return undefined;
  return String.fromCodePoint(code);
}
