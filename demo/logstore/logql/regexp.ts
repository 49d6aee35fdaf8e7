import v8 from "node:v8";
import { LokiError, unsupported } from "../loki-error.ts";

/** Longest pattern read; the matching time grows with pattern times text. */
const MAX_PATTERN_LENGTH = 1_000;
const SURROGATES = "\\uD800-\\uDFFF";
const PAIR = "[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]";
const ESCAPED = String.raw`\\[.+*?()|[\]{}^$\\/\-"'\x60=!<>:;,@#%&~ _]|\\[dDwWsSbBnrtfv]|\\x[0-9a-fA-F]{2}`;
const TOKEN = new RegExp(
  String.raw`(?<group>\((?:\?:|\?P<\w+>)?)|(?<class>\[\^?(?:${ESCAPED}|[^\]\\[])+\])|(?<escape>${ESCAPED})` +
    String.raw`|(?<repeat>\{\d+(?:,\d*)?\}|[*+?])|(?<plain>[^\\[(){}*+?])|(?<close>\))`,
  "uy",
);

interface Options {
  /** The whole text must match, and `.` takes newlines: how label matchers read a pattern. */
  whole: boolean;
}

/**
 * Compiles an RE2 pattern to a test that runs in time linear in the text, on V8's non-backtracking engine:
 * no user's pattern can hang the store. Constructs that engine or this translation lacks (Unicode classes,
 * flags other than a leading `(?i)`, bounded repeats it declines) are refused by name.
 */
export function compileRegexp(pattern: string, { whole }: Options): (text: string) => boolean {
  if (pattern.length > MAX_PATTERN_LENGTH) throw unsupported("regular expressions over 1,000 characters");
  const [, flags = "", body = ""] = /^(?:\(\?([a-zA-Z]+)\))?([\s\S]*)$/.exec(pattern) ?? [];
  if (flags !== "" && flags !== "i") throw unsupported(`the regular expression flags (?${flags})`);
  const source = translate(body, pattern, { whole, ignoreCase: flags === "i" });
  const regexp = linear(whole ? `^(?:${source})$` : source, pattern);
  return (text) => regexp.test(text);
}

function linear(source: string, pattern: string): RegExp {
  v8.setFlagsFromString("--enable-experimental-regexp-engine");
  try {
    return new RegExp(source, "l");
  } catch (error) {
    const isLimit = String(error).includes("linear time");
    throw isLimit ? unsupported(`the regular expression ${pattern}`) : malformed(pattern, "bad syntax");
  }
}

function malformed(pattern: string, reason: string): LokiError {
  return new LokiError(400, `parse error : error parsing regexp: ${reason}: \`${pattern}\``);
}

interface Mode extends Options {
  ignoreCase: boolean;
}

function translate(body: string, pattern: string, mode: Mode): string {
  let depth = 0;
  let out = "";
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < body.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(body)?.groups;
    if (!token) throw unreadable(body.slice(at), pattern);
    if (token.group !== undefined) depth++;
    if (token.close !== undefined && --depth < 0) throw malformed(pattern, "unexpected )");
    out += token.group === undefined ? translateToken(token, mode) : "(?:";
  }
  if (depth > 0) throw malformed(pattern, "missing closing )");
  return out;
}

function unreadable(rest: string, pattern: string): LokiError {
  if (/^\[[^\]]*$/.test(rest)) return malformed(pattern, "missing closing ]");
  if (rest === "\\") return malformed(pattern, "trailing backslash at end of expression");
  return unsupported(`the regular expression ${pattern}`);
}

function translateToken(token: Record<string, string | undefined>, mode: Mode): string {
  if (token.class !== undefined) return translateClass(token.class, mode);
  if (token.plain !== undefined) return translatePlain(token.plain, mode);
  return negatedEscape(token.escape ?? "") ?? token.escape ?? token.repeat ?? token.close ?? "";
}

/** `\D`, `\W`, `\S` take a whole code point; RE2's `\s` is ASCII and lacks `\v`. */
function negatedEscape(escape: string): string | null {
  const ascii: Record<string, string> = { d: "0-9", w: "0-9A-Za-z_", s: "\\t\\n\\f\\r " };
  const set = ascii[escape.slice(1).toLowerCase()];
  if (escape.length !== 2 || set === undefined) return null;
  return /[DWS]/.test(escape) ? `(?:${PAIR}|[^${set}${SURROGATES}])` : `[${set}]`;
}

function translatePlain(character: string, { whole, ignoreCase }: Mode): string {
  if (character === ".") return `(?:${PAIR}|[^${whole ? "" : "\\n"}${SURROGATES}])`;
  if (/[\^$|]/.test(character)) return character;
  if (character.length > 1) return `(?:${character})`;
  if (!ignoreCase) return character.replace(/[/\]]/, "\\$&");
  if (/[^\0-\x7f]/.test(character)) throw unsupported("(?i) with characters beyond ASCII");
  return /[a-zA-Z]/.test(character) ? `[${character.toLowerCase()}${character.toUpperCase()}]` : character;
}

function translateClass(text: string, { ignoreCase }: Mode): string {
  if (ignoreCase) throw unsupported("(?i) with a character class");
  if (/[\uD800-\uDFFF]/.test(text)) throw unsupported("character classes beyond the basic plane");
  if (/\\[DWSsbB]/.test(text)) throw unsupported(`the character class ${text}`);
  return text.startsWith("[^") ? `(?:${PAIR}|${text.slice(0, -1)}${SURROGATES}])` : text;
}
