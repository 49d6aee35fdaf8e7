"use client";

import { useState } from "react";
import {
  type HistoryEntry,
  readHistory,
  withEntry,
  withoutEntry,
  writeHistory,
} from "#lib/client/explore-history.ts";

/** The queries that were run in this browser. They are read when they are needed: another tab may have run some. */
export function useQueryHistory() {
  const [entries, setEntries] = useState<readonly HistoryEntry[]>([]);
  const keep = (next: readonly HistoryEntry[]) => {
    writeHistory(localStorage, next);
    setEntries(next);
  };
  return {
    entries,
    read: () => setEntries(readHistory(localStorage)),
    add: (entry: HistoryEntry) => keep(withEntry(readHistory(localStorage), entry)),
    remove: (entry: HistoryEntry) => keep(withoutEntry(readHistory(localStorage), entry)),
    clear: () => keep([]),
  };
}
