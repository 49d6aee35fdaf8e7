"use client";

import { formatAgo, formatTime, formatUtc, type TimeStyle } from "#lib/format/time.ts";
import { useNow } from "./clock.ts";
import { usePreferences } from "./preferences.tsx";

/** How long ago something was, counting on by itself without drawing anything around it again. */
export function Age({ at, prefix = "" }: { at: string; prefix?: string }) {
  const nowMs = useNow();
  return (
    <time dateTime={at} title={formatUtc(at)} className="whitespace-nowrap">
      {nowMs === null ? "" : `${prefix}${formatAgo(at, nowMs)}`}
    </time>
  );
}

/** A moment in the viewer's zone, with UTC on hover. */
export function Moment({ at, style = "dayClock" }: { at: string; style?: TimeStyle }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <time dateTime={at} title={formatUtc(at)} className="whitespace-nowrap">
      {formatTime(at, style, timeZone)}
    </time>
  );
}
