const ESCAPE = /\\(?:x\{[\da-fA-F]+\}|x[\da-fA-F]{2}|[pP]\{\^?\w+\}|[pP][A-Z]|[^xpPQ\d])/u;
const CLASS = /\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|\[(?!:)|[^\]\\[])*\]/u;
const GROUP = /\(\?P?<\w+>|\(\?[a-zA-Z-]*[:)]|\((?!\?)/u;
const REPEAT = /\{\d+(?:,\d*)?\}/u;
const PLAIN = /[^\\[({]/u;
const PART = new RegExp([ESCAPE, CLASS, GROUP, REPEAT, PLAIN].map(({ source }) => source).join("|"), "uy");

/** Whether `pattern` ends between two parts of an RE2 pattern, not within an escape, a class, a group's head or a count. */
function isWhole(pattern: string): boolean {
  for (let at = 0; at < pattern.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    if (!PART.test(pattern)) return false;
  }
  return true;
}

/**
 * Whether escaped text may take the place of `from` to `to` of an RE2 pattern (github.com/google/re2/wiki/Syntax) and
 * stands for itself there, whatever it is. A repetition behind it would hold for its last character alone.
 */
export function takesLiteralText(pattern: string, { from, to }: { from: number; to: number }): boolean {
  return isWhole(pattern.slice(0, from)) && !/^[*+?{]/.test(pattern.slice(to));
}
