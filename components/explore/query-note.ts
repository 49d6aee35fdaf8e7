import type { Language } from "#lib/client/explore-view.ts";

/** A query as a timeline keeps it. */
export interface QueryTold {
  lang: Language;
  query: string;
  /** Explore with the query over the very time that was looked at. */
  path: string;
}

/** The note in Markdown: words, the query as code, whatever it holds, and the way back to it. */
export function queryNote({ words, lang, query, path }: QueryTold & { words: string }): string {
  const longest = (query.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  const code = `${fence}${lang}\n${query}\n${fence}`;
  // What Markdown would take for the end of the address.
  const address = path.replaceAll("(", "%28").replaceAll(")", "%29");
  return [words.trim(), code, `[Open in Explore](${address})`].filter((part) => part !== "").join("\n\n");
}
