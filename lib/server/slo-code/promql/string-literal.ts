import "server-only";

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]))/g;
const SHORT: Record<string, string> = { n: "\n", r: "\r", t: "\t", a: "\x07", b: "\b", f: "\f", v: "\v" };

function unescaped(hex: string, octal: string | undefined): string {
  const code = octal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal, 8);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}

/** What a PromQL string literal says: `"…"` and `'…'` have Go's escapes, a raw one has none. */
export function readStringLiteral(literal: string): string {
  const inner = literal.slice(1, -1);
  if (literal.startsWith("`")) return inner;
  return inner.replace(
    ESCAPE,
    (_, byte?: string, short?: string, long?: string, octal?: string, other?: string) =>
      other === undefined ? unescaped(byte ?? short ?? long ?? "", octal) : (SHORT[other] ?? other),
  );
}
