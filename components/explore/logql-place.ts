/** What is wanted where the cursor stands in a LogQL query; `from` is where it begins. */
export type LogqlPlace =
  | { kind: "label"; from: number }
  | { kind: "value"; from: number; label: string; quoted: boolean }
  | { kind: "stage"; from: number }
  | { kind: "function"; from: number }
  | { kind: "nothing" };

const LABEL = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)?$/;
const VALUE = /^\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(?:=~|!~|!=|=)\s*(")?([^"]*)$/;
const GROUPING = /\b(?:by|without)\s*\(([^()]*)$/;
const WORD = /[a-zA-Z_][a-zA-Z0-9_]*$/;

interface Scanned {
  /** Where the open selector, if any, begins. */
  brace: number | null;
  /** The last comma or brace of that selector, outside of strings. */
  part: number;
  inString: boolean;
  inComment: boolean;
}

/** Reads up to the cursor: a query that is being typed has no syntax tree to go by. */
function scan(before: string): Scanned {
  const tokens = /"(?:[^"\\]|\\.)*("?)|`[^`]*(`?)|#[^\n]*(\n?)|[{},]/g;
  const found: Scanned = { brace: null, part: 0, inString: false, inComment: false };
  for (const match of before.matchAll(tokens)) {
    const [token, quote, tick, newline] = match;
    if (token.startsWith('"')) found.inString = quote === "" || token.length === 1;
    else if (token.startsWith("`")) found.inString = tick === "" || token.length === 1;
    else if (token.startsWith("#")) found.inComment = newline === "";
    else if (token === "{") Object.assign(found, { brace: match.index, part: match.index + 1 });
    else if (token === "}") found.brace = null;
    else found.part = match.index + 1;
  }
  return found;
}

/** Where the cursor stands, from the text before it. */
export function logqlPlace(before: string): LogqlPlace {
  const { brace, part, inString, inComment } = scan(before);
  if (inComment) return { kind: "nothing" };
  if (brace !== null) return inSelector(before, part);
  if (inString) return { kind: "nothing" };
  const word = WORD.exec(before)?.[0] ?? "";
  const from = before.length - word.length;
  if (GROUPING.test(before)) return { kind: "label", from };
  if (/\|\s*$/.test(before.slice(0, from))) return { kind: "stage", from };
  const opens = /(?:^|[(,+\-*/%^]|\b(?:and|or|unless))\s*$/.test(before.slice(0, from));
  return opens ? { kind: "function", from } : { kind: "nothing" };
}

function inSelector(before: string, part: number): LogqlPlace {
  const typed = before.slice(part);
  const label = LABEL.exec(typed);
  if (label) return { kind: "label", from: before.length - (label[1] ?? "").length };
  const value = VALUE.exec(typed);
  if (!value) return { kind: "nothing" };
  const [, name = "", quote, text = ""] = value;
  return { kind: "value", from: before.length - text.length, label: name, quoted: quote !== undefined };
}
