"use client";

import type { LogLine } from "#lib/contracts/logs.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { formatTime } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";

interface LogChoiceProps {
  lines: readonly LogLine[];
  /** By their place in the list. */
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}

/** When a line was written, in ms: a number cannot hold its nanoseconds. */
export function msOfLine({ timestampNs }: LogLine): number {
  return Number(BigInt(timestampNs) / 1_000_000n);
}

/** Log lines to tick, newest first, as plain text. */
export function LogChoice({ lines, chosen, onChange }: LogChoiceProps) {
  const { timeZone } = usePreferences().preferences;
  const toggle = (index: number) => {
    const next = new Set(chosen);
    if (!next.delete(index)) next.add(index);
    onChange(next);
  };
  if (lines.length === 0) {
    return (
      <EmptyState title="No log line in that quarter of an hour">
        Choose another moment, or check which labels its logs carry.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="flex gap-2">
        <Button onClick={() => onChange(new Set(lines.keys()))}>All</Button>
        <Button onClick={() => onChange(new Set())}>None</Button>
      </div>
      <ul
        aria-label="Log lines"
        className="rounded-control border-line-soft text-small max-h-64 overflow-y-auto border px-2 py-1 font-mono"
      >
        {lines.map((line, index) => (
          <li key={`${line.timestampNs} ${index}`}>
            <label className="hover:bg-raised flex cursor-pointer items-start gap-2 py-0.5 max-sm:py-1.5">
              <input
                type="checkbox"
                className="accent-accent mt-0.5 size-3.5 flex-none"
                checked={chosen.has(index)}
                onChange={() => toggle(index)}
              />
              <span className="text-faint flex-none">
                {formatTime(msOfLine(line), "clockSeconds", timeZone)}
              </span>
              <span className="text-dim min-w-0 break-all whitespace-pre-wrap [unicode-bidi:isolate]">
                {harmlessText(line.line)}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </>
  );
}
