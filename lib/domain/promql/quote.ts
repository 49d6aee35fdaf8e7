/** Besides the usual: Prometheus takes a literal U+FFFD for broken UTF-8 and refuses the query. */
const SPECIAL = /["\\\p{Cc}\p{Cs}\ufffd]/gu;
const SHORT: Record<string, string> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Writes any text as a PromQL (and LogQL) string literal. The escapes are Go's: a lone surrogate, which
 * no UTF-8 text can hold, becomes its three raw bytes, so that it equals no label instead of U+FFFD.
 */
export function quote(text: string): string {
  return `"${text.replace(SPECIAL, escape)}"`;
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  if (code >= 0xd800 && code <= 0xdfff) return surrogateBytes(code);
  return SHORT[character] ?? `\\u${hex(code, 4)}`;
}

function surrogateBytes(code: number): string {
  const bytes = [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
  return bytes.map((byte) => `\\x${hex(byte, 2)}`).join("");
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
