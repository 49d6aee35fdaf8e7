"use client";

import { formatUntil, formatUtc } from "#lib/format/time.ts";
import { useNow } from "#components/shell/clock.ts";

/** How long it is until a moment, counting down by itself. */
export function Until({ at, prefix }: { at: string; prefix: string }) {
  const nowMs = useNow();
  return (
    <time dateTime={at} title={formatUtc(at)}>
      {nowMs === null ? "" : `${prefix}${formatUntil(at, nowMs)}`}
    </time>
  );
}
