"use client";

import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { LogLine } from "#lib/contracts/logs.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { statusColor } from "#components/shell/status.tsx";
import { STATUS_OF_LEVEL } from "./level-look.ts";
import { cutText, msOfNs } from "./log-text.ts";

/** A row shows no more of a line: the rest is behind a click, and in the download. */
const SHOWN_CHARACTERS = 2_000;
const DAY_MS = 86_400_000;

interface LineRowProps {
  line: LogLine;
  /** How many like it followed and are not shown. */
  repeats: number;
  wrap: boolean;
  open: boolean;
  onToggle: () => void;
}

/** A line on one row, or with wrap on as many as it needs; a click opens it. */
export function LineRow({ line, repeats, wrap, open, onToggle }: LineRowProps) {
  const { timeZone } = usePreferences().preferences;
  const atMs = msOfNs(line.timestampNs);
  const status = STATUS_OF_LEVEL[line.level];
  const { text, cut } = cutText(line.line, SHOWN_CHARACTERS);
  return (
    <button
      type="button"
      data-row-link=""
      aria-expanded={open}
      onClick={onToggle}
      className="hover:bg-raised/60 focus-visible:bg-raised flex min-h-6 w-full items-baseline gap-2.5 py-0.5 pr-1 text-left -outline-offset-2 max-sm:flex-wrap max-sm:gap-y-0"
    >
      <ChevronRight
        size={11}
        aria-hidden="true"
        className={clsx("text-faint flex-none self-center max-sm:hidden", open && "rotate-90")}
      />
      <time
        dateTime={new Date(atMs).toISOString()}
        title={formatUtc(atMs)}
        className="text-faint flex-none whitespace-nowrap"
      >
        {clockOf(atMs, timeZone)}
      </time>
      <span className={clsx("w-12 flex-none", status ? statusColor(status) : "text-faint")}>
        {line.level}
      </span>
      {repeats > 0 && (
        <span className="text-ink flex-none" title={`${countOf(repeats, "line")} like it not shown`}>
          ×{repeats + 1}
        </span>
      )}
      <span
        className={clsx(
          "text-dim min-w-0 flex-1 [unicode-bidi:isolate] max-sm:basis-full",
          wrap ? "break-all whitespace-pre-wrap" : "truncate whitespace-pre",
        )}
      >
        {harmlessText(text)}
        {cut > 0 && <span className="text-faint"> … cut, {countOf(cut, "character")} more</span>}
      </span>
    </button>
  );
}

/** The time of day to the millisecond, with its day where that is not today. */
function clockOf(atMs: number, timeZone: string): string {
  const clock = `${formatTime(atMs, "clockSeconds", timeZone)}.${String(atMs % 1000).padStart(3, "0")}`;
  return Date.now() - atMs > DAY_MS ? `${formatTime(atMs, "day", timeZone)} ${clock}` : clock;
}
