/** A field found in a line; `label` is the name LogQL knows it by, null where its parsers leave it out. */
export interface LineField {
  name: string;
  value: string;
  label: string | null;
}

/** What a line holds, and the parser that finds it. */
export interface ParsedLine {
  format: "json" | "logfmt";
  fields: LineField[];
}

/** More fields nobody reads, and longer lines are seldom meant to be parsed. */
const MAX_FIELDS = 200;
const MAX_CHARACTERS = 256 * 1024;
const MAX_DEPTH = 8;

/** The fields of a line of JSON or logfmt, in their order; null for a line that is neither. */
export function parseLine(line: string): ParsedLine | null {
  if (line.length > MAX_CHARACTERS) return null;
  const json = line.trimStart().startsWith("{") ? jsonFields(line) : null;
  if (json) return { format: "json", fields: json.slice(0, MAX_FIELDS) };
  const logfmt = logfmtFields(line);
  return logfmt.length > 0 ? { format: "logfmt", fields: logfmt } : null;
}

/** A name as LogQL's parsers write it: what is no letter, digit or underscore becomes an underscore. */
export function labelName(name: string): string {
  const plain = name.replace(/[^a-zA-Z0-9_]/g, "_");
  return /^\d/.test(plain) ? `_${plain}` : plain;
}

function jsonFields(line: string): LineField[] | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const fields: LineField[] = [];
  flatten(value, [], fields);
  return fields;
}

/** Loki joins the names of nested objects with underscores and leaves lists out. */
function flatten(value: unknown, path: readonly string[], into: LineField[]): void {
  if (into.length >= MAX_FIELDS) return;
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isObject && path.length < MAX_DEPTH) {
    for (const [name, inner] of Object.entries(value)) flatten(inner, [...path, name], into);
    return;
  }
  const plain = typeof value !== "object" || value === null;
  const label = plain && value !== null ? path.map(labelName).join("_") : null;
  into.push({ name: path.join("."), value: plain ? String(value) : JSON.stringify(value), label });
}

const NAME = /[^\s="]+/y;
const VALUE = /"(?:[^"\\]|\\.)*"|[^\s"]*/y;

/** Walks a line once, word by word, so that no line takes longer than it is long. */
function logfmtFields(line: string): LineField[] {
  const fields: LineField[] = [];
  let at = 0;
  while (at < line.length && fields.length < MAX_FIELDS) {
    const name = matchAt(NAME, line, at);
    if (name === "") {
      at += 1;
      continue;
    }
    at += name.length;
    if (line[at] !== "=") continue;
    const raw = matchAt(VALUE, line, at + 1);
    at += 1 + raw.length;
    if (raw !== "") fields.push({ name, value: unquoted(raw), label: labelName(name) });
  }
  return fields;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function unquoted(raw: string): string {
  if (!raw.startsWith('"')) return raw;
  try {
    return String(JSON.parse(raw));
  } catch {
    return raw.slice(1, -1);
  }
}
