import "server-only";

/** Puts `insert` in the place of the characters `from` to `to`. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

/** The text with all edits made; they are in order and do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const { from, to, insert } of edits) {
    parts.push(text.slice(end, from), insert);
    end = to;
  }
  return [...parts, text.slice(end)].join("");
}
