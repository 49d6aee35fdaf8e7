"use client";

import { problemOf } from "#lib/client/fetch-json.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { formatTime } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import type { useOlderLines } from "./use-older-lines.ts";

interface LinesFootProps {
  older: ReturnType<typeof useOlderLines>;
  limit: number;
  /** Lines of the whole range as counted beside; null when that is not known. */
  inAll: number | null;
}

/** Says whether the list is whole, and leads on to what is not in it. */
export function LinesFoot({ older, limit, inAll }: LinesFootProps) {
  const { timeZone } = usePreferences().preferences;
  const { lines, more, heldSince, loading, error } = older;
  const missing = inAll === null ? 0 : inAll - lines.length;
  return (
    <footer className="text-small text-dim mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <p role="status">
        {more
          ? `Limit reached: ${missing > 0 ? `about ${countOf(missing, "more line")}` : "more lines"} in this range.`
          : `These are all ${countOf(lines.length, "line")} of this range.`}
      </p>
      {more && (
        <Button onClick={older.load} disabled={loading}>
          {loading ? "Loading…" : `Load ${countOf(limit, "older line")}`}
        </Button>
      )}
      {heldSince !== null && (
        <>
          <span>The list stands still since {formatTime(heldSince, "clockSeconds", timeZone)}.</span>
          <Button onClick={older.release}>Back to the newest</Button>
        </>
      )}
      {error && (
        <p role="alert" className="text-critical">
          {problemOf(error).detail}
        </p>
      )}
    </footer>
  );
}
