"use client";

import { Clock } from "lucide-react";
import { useState, type FormEvent } from "react";
import { fixedRange, RANGE_PRESETS_SECONDS, rangeBounds, rangesEqual } from "#lib/client/time-range.ts";
import type { TimeRange } from "#lib/contracts/time-range.ts";
import { formatTime } from "#lib/format/time.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { StatusIcon } from "./status.tsx";
import { usePreferences } from "./preferences.tsx";
import { rangeInWords, zoneName } from "./range-words.ts";
import { useHotkeys } from "./use-hotkeys.ts";
import { useTimeRange } from "./use-time-range.ts";

/** Chooses the page's time range, relative or absolute; opens with `t`. */
export function TimeRangePicker() {
  const [open, setOpen] = useState(false);
  const { range, rejected, setRange } = useTimeRange();
  const { timeZone } = usePreferences().preferences;
  useHotkeys({ t: () => setOpen(true) });
  const choose = (next: TimeRange) => {
    setOpen(false);
    setRange(next);
  };
  const words = rangeInWords(range, timeZone);
  const trigger = (
    <Button aria-label={`Time range: ${words}`}>
      {rejected ? (
        <StatusIcon status="warning" />
      ) : (
        <Clock size={14} aria-hidden="true" className="sm:hidden" />
      )}
      <span className="text-ink font-medium">{words}</span>
      <span className="min-w-7 text-left max-sm:hidden">{zoneName(timeZone, rangeEndMs(range))}</span>
    </Button>
  );
  return (
    <Popover open={open} onOpenChange={setOpen} trigger={trigger} label="Time range">
      <div className="grid w-64 gap-3">
        <div className="grid grid-cols-3 gap-1.5">
          {RANGE_PRESETS_SECONDS.map((lastSeconds) => (
            <Button
              key={lastSeconds}
              variant={rangesEqual(range, { lastSeconds }) ? "primary" : "outline"}
              className="justify-center"
              onClick={() => choose({ lastSeconds })}
            >
              {rangeInWords({ lastSeconds }, timeZone).replace("Last ", "")}
            </Button>
          ))}
        </div>
        <AbsoluteForm key={JSON.stringify(range)} range={range} timeZone={timeZone} onChoose={choose} />
      </div>
    </Popover>
  );
}

/** Says why the range in the page's address was not taken, and which one is shown; nothing for a good one. */
export function RangeNotice() {
  const { range, rejected } = useTimeRange();
  const { timeZone } = usePreferences().preferences;
  if (rejected === null) return null;
  const shown = rangeInWords(range, timeZone).replace("Last ", "the last ");
  return (
    <p role="status" className="text-warning wrap-anywhere">
      {rejected.charAt(0).toUpperCase() + rejected.slice(1)}. Showing {shown}.
    </p>
  );
}

interface AbsoluteFormProps {
  range: TimeRange;
  timeZone: string;
  onChoose: (range: TimeRange) => void;
}

function AbsoluteForm({ range, timeZone, onChoose }: AbsoluteFormProps) {
  const [error, setError] = useState<string | null>(null);
  const [{ fromMs, toMs }] = useState(() => rangeBounds(range, Date.now()));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = fixedRange(isoOf(form.get("from")), isoOf(form.get("to")));
    if (chosen) onChoose(chosen);
    else setError("The end must lie after the start, by 92 days at most.");
  };
  const field = (name: "from" | "to", label: string, atMs: number) => (
    <label className="text-small text-dim grid gap-1">
      {label}
      <Input
        type="datetime-local"
        name={name}
        defaultValue={localValue(atMs)}
        required
        aria-invalid={error !== null}
      />
    </label>
  );
  return (
    <form onSubmit={submit} className="border-line-soft grid gap-2 border-t pt-3" noValidate>
      {field("from", "From", fromMs)}
      {field("to", `To, in ${timeZone} (${zoneName(timeZone, toMs)})`, toMs)}
      {error && (
        <p role="alert" className="text-small text-critical">
          {error}
        </p>
      )}
      <Button type="submit" variant="primary" className="justify-center">
        Apply
      </Button>
      <p className="text-small text-faint">A fixed range does not refresh.</p>
    </form>
  );
}

/** A `datetime-local` value in the browser's own zone. */
function localValue(atMs: number): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: zone }).format(atMs);
  return `${day}T${formatTime(atMs, "clock", zone)}`;
}

function isoOf(local: FormDataEntryValue | null): string | undefined {
  const atMs = Date.parse(String(local));
  return Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString();
}

/** Summer time decides the zone's name, so a fixed range is named by its own end. */
function rangeEndMs(range: TimeRange): number {
  return "to" in range ? Date.parse(range.to) : Date.now();
}
