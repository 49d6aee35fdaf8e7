"use client";

import type { LogLine } from "#lib/contracts/logs.ts";
import type { Status } from "#lib/domain/status/status.ts";
import { formatTime, formatUtc } from "#lib/format/time.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { statusColor } from "#components/shell/status.tsx";
import { msOfNs } from "./log-text.ts";

const STATUS_OF_LEVEL: Partial<Record<LogLine["level"], Status>> = {
  critical: "exhausted",
  error: "critical",
  warn: "warning",
  info: "attention",
};

/** Log lines, newest first, as plain text: level as word and colour, time in the viewer's zone. */
export function LogLines({ lines, label }: { lines: readonly LogLine[]; label: string }) {
  const { timeZone } = usePreferences().preferences;
  return (
    <ol aria-label={label} tabIndex={0} className="text-small max-h-96 overflow-y-auto font-mono">
      {lines.map((line, index) => (
        <Line key={`${line.timestampNs} ${index}`} line={line} timeZone={timeZone} />
      ))}
    </ol>
  );
}

function Line({ line, timeZone }: { line: LogLine; timeZone: string }) {
  const atMs = msOfNs(line.timestampNs);
  const status = STATUS_OF_LEVEL[line.level];
  return (
    <li className="max-sm:border-line-soft flex gap-3 py-0.5 max-sm:flex-wrap max-sm:gap-y-0 max-sm:border-t max-sm:py-1">
      <time
        dateTime={new Date(atMs).toISOString()}
        title={formatUtc(atMs)}
        className="text-faint flex-none whitespace-nowrap"
      >
        {formatTime(atMs, "clockSeconds", timeZone)}
      </time>
      <span className={`w-14 flex-none ${status ? statusColor(status) : "text-faint"}`}>{line.level}</span>
      <span className="text-dim min-w-0 flex-1 break-all whitespace-pre-wrap [unicode-bidi:isolate] max-sm:basis-full">
        {harmlessText(line.line)}
      </span>
    </li>
  );
}
