import type { Timeline, TimelineEntry } from "#lib/contracts/incidents.ts";

/** Numbers of facts outgrow JavaScript's: they are compared as the digits they are written with. */
export function isNewer(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

function inOrder(a: TimelineEntry, b: TimelineEntry): number {
  return Date.parse(a.at) - Date.parse(b.at) || (isNewer(a.seq, b.seq) ? 1 : -1);
}

/**
 * A timeline with what is new of it: an entry that was touched replaces itself, so that hearing of it twice changes
 * nothing. Entries stand in the order of what happened.
 */
export function mergeTimeline(known: Timeline, news: Timeline): Timeline {
  const entries = new Map(known.entries.map((entry) => [entry.seq, entry]));
  for (const entry of news.entries) entries.set(entry.seq, entry);
  return {
    entries: [...entries.values()].sort(inOrder),
    head: isNewer(news.head, known.head) ? news.head : known.head,
  };
}
