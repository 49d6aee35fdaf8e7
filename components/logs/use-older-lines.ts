"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchLines } from "#lib/client/logs.queries.ts";
import { olderPage, type OlderPage } from "#lib/client/older-lines.ts";
import { rangeBounds } from "#lib/client/time-range.ts";
import type { LogLine, LogLines } from "#lib/contracts/logs.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";

interface Older {
  /** The newest lines and all older ones that were loaded, newest first. */
  lines: readonly LogLine[];
  /** There are more behind the last one. */
  more: boolean;
  /** Since when the list stands still; null while it follows the page's refresh. */
  heldSince: number | null;
  loading: boolean;
  error: Error | null;
  load: () => void;
  release: () => void;
}

/**
 * Pages to older lines of a query within a range. From the first older page on the list stands still, or a refresh
 * would tear a hole between the newest lines and the older ones.
 */
export function useOlderLines(newest: LogLines, query: string, range: TimeRange, limit: number): Older {
  const [held, setHeld] = useState<{ first: LogLines; sinceMs: number; startNs: bigint } | null>(null);
  const first = held?.first ?? newest;
  const pages = useInfiniteQuery({
    queryKey: ["older-lines", query, held?.sinceMs, limit],
    enabled: held !== null,
    initialPageParam: null as OlderPage | null,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
    queryFn: async ({ pageParam, signal }) => {
      const above = pageParam ?? { lines: first.lines, more: true };
      const last = above.lines.at(-1);
      if (!last || !held) return { lines: [], more: false };
      // Lines of the same nanosecond may lie on either side of the cut.
      const endNs = BigInt(last.timestampNs) + 1n;
      const found = await fetchLines({ query, startNs: held.startNs, endNs, limit }, signal);
      return olderPage(above.lines, found);
    },
    getNextPageParam: (page: OlderPage) => (page.more ? page : undefined),
  });
  const older = pages.data?.pages ?? [];
  return {
    lines: older.length === 0 ? first.lines : [...first.lines, ...older.flatMap(({ lines }) => lines)],
    more: older.at(-1)?.more ?? first.limitReached,
    heldSince: held?.sinceMs ?? null,
    loading: pages.isFetching,
    error: pages.error,
    load: () => {
      if (held) void (pages.data ? pages.fetchNextPage() : pages.refetch());
      else {
        const sinceMs = Date.now();
        const startNs = BigInt(Math.round(rangeBounds(range, sinceMs).fromMs)) * 1_000_000n;
        setHeld({ first: newest, sinceMs, startNs });
      }
    },
    release: () => setHeld(null),
  };
}
