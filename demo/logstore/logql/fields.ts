/** Fields read from a line, or why the line cannot be read. */
export type Fields = { ok: true; fields: [string, string][] } | { ok: false; error: string; details: string };

/**
 * `| json`: nested keys joined with `_`, arrays and nulls left out, numbers as they are written. Strict JSON,
 * where Loki's reader also takes some broken documents.
 */
export function readJson(line: string): Fields {
  let document: unknown;
  try {
    document = JSON.parse(line, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === "number" ? (context?.source ?? value) : value,
    );
  } catch {
    return jsonError(line);
  }
  if (!isObject(document)) return jsonError(line);
  const fields: [string, string][] = [];
  flatten(document, "", fields);
  return { ok: true, fields };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function jsonError(line: string): Fields {
  const details = line.trimStart().startsWith("{")
    ? "Malformed JSON error"
    : "Value looks like object, but can't find closing '}' symbol";
  return { ok: false, error: "JSONParserErr", details };
}

function flatten(object: Record<string, unknown>, prefix: string, into: [string, string][]): void {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix === "" ? fieldName(key) : `${prefix}_${key.trim().replace(/[^a-zA-Z0-9_]/g, "_")}`;
    if (isObject(value)) flatten(value, name, into);
    else if (value !== null && !Array.isArray(value)) into.push([name, String(value)]);
  }
}

/** A key as a label name: anything but letters, digits and `_` becomes `_`, a leading digit gets one before. */
function fieldName(key: string): string {
  const name = key.trim().replace(/[^a-zA-Z0-9_]/g, "_");
  return /^\d/.test(name) ? `_${name}` : name;
}

const PAIR = /([^\s=]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?=\s|$)/g;
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r" };

/** `| logfmt`: `key=value` and `key="value"` pairs; words without a value are passed over. */
export function readLogfmt(line: string): Fields {
  const fields = [...line.matchAll(PAIR)].map(([, key = "", quoted, plain = ""]): [string, string] => [
    fieldName(key),
    quoted === undefined ? plain : quoted.replace(/\\(.)/g, (_, c: string) => ESCAPES[c] ?? c),
  ]);
  return { ok: true, fields };
}
