export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Text that PostgreSQL can hold: NUL and halves of surrogate pairs become U+FFFD. */
function storableText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\uFFFD");
}

function withStorableTexts(value: Json): Json {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(withStorableTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [storableText(key), withStorableTexts(part)]),
  );
}

/**
 * A value as it will be read again from a jsonb column: dates are text, undefined members are gone, and what
 * such a column cannot hold is replaced.
 * @throws TypeError for what JSON cannot say: a bigint, a cycle
 */
export function storable(value: unknown): Json {
  return withStorableTexts(JSON.parse(JSON.stringify(value) ?? "null"));
}

/** JSON in the one form that equal values share, whatever order their keys were written in (RFC 8785). */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`);
  return `{${members.join(",")}}`;
}
