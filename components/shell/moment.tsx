"use client";

import { formatAgo, formatUtc } from "#lib/format/time.ts";
import { useNow } from "./clock.ts";

/** How long ago something was, counting on by itself without drawing anything around it again. */
export function Age({ at, prefix = "" }: { at: string; prefix?: string }) {
  const nowMs = useNow();
  return (
    <time dateTime={at} title={formatUtc(at)} className="whitespace-nowrap">
      {nowMs === null ? "" : `${prefix}${formatAgo(at, nowMs)}`}
    </time>
  );
}
