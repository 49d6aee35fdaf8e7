import { type Language, LANGUAGES } from "./explore-view.ts";
import { membersOf } from "./read-unknown.ts";

const KEY = "burnline-explore-history";
export const MAX_HISTORY = 50;

const MAX_QUERY = 10_000;

/** A query that was run. */
export interface HistoryEntry {
  lang: Language;
  q: string;
  /** When it was last run, in ms since 1970. */
  atMs: number;
}

type Keeper = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** The queries that were run in this browser, newest first; whatever was not written by us is none. */
export function readHistory(storage: Keeper): HistoryEntry[] {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isEntry).slice(0, MAX_HISTORY) : [];
  } catch {
    return [];
  }
}

function isEntry(stored: unknown): stored is HistoryEntry {
  const { lang, q, atMs } = membersOf(stored);
  const isQuery = typeof q === "string" && q !== "" && q.length <= MAX_QUERY;
  return LANGUAGES.some((one) => one === lang) && isQuery && typeof atMs === "number";
}

/** The history with a query on top; one that was run before moves there. */
export function withEntry(history: readonly HistoryEntry[], entry: HistoryEntry): HistoryEntry[] {
  return [entry, ...withoutEntry(history, entry)].slice(0, MAX_HISTORY);
}

/** The history without a query. */
export function withoutEntry(
  history: readonly HistoryEntry[],
  { lang, q }: Pick<HistoryEntry, "lang" | "q">,
): HistoryEntry[] {
  return history.filter((one) => one.lang !== lang || one.q !== q);
}

/** Keeps the history, or none of it where the browser has no room or forbids it. */
export function writeHistory(storage: Keeper, history: readonly HistoryEntry[]): void {
  try {
    if (history.length === 0) storage.removeItem(KEY);
    else storage.setItem(KEY, JSON.stringify(history));
  } catch {
    // A history that cannot be kept is no reason to refuse the query.
  }
}
