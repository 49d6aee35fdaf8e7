import type { Unit } from "#lib/contracts/series.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { formatTime } from "#lib/format/time.ts";
import type { PlotLine, PlotRow } from "./plot-data.ts";

const MOST_LINES = 12;

interface PlotTooltipProps {
  lines: readonly PlotLine[];
  rows: readonly PlotRow[];
  unit: Unit;
  timeZone: string;
  /** Only the chart under the pointer has words; the others show the crosshair. */
  shown: boolean;
  /** The two below are passed by recharts. */
  active?: boolean;
  label?: string | number;
}

/** The values under the crosshair, the greatest first. */
export function PlotTooltip({ lines, rows, unit, timeZone, shown, active, label }: PlotTooltipProps) {
  const atMs = Number(label);
  const row = rows.find((candidate) => candidate.atMs === atMs);
  if (!shown || !active || !row) return null;
  const entries = lines
    .map((line, index) => ({ name: line.name, color: line.color, value: row.values[index] ?? null }))
    .sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity));
  return (
    <div className="rounded-control border-line bg-panel text-small shadow-overlay border px-2.5 py-1.5">
      <p className="text-faint mb-0.5">{formatTime(atMs, "dayClock", timeZone)}</p>
      {entries.slice(0, MOST_LINES).map((entry) => (
        <p key={entry.name} className="flex items-center gap-2">
          <span className="h-0.5 w-2.5 flex-none rounded-full" style={{ background: entry.color }} />
          <span className="text-dim max-w-48 truncate">{entry.name}</span>
          <span className="ml-auto pl-3">
            {entry.value === null ? "gap" : formatFigure(entry.value, unit)}
          </span>
        </p>
      ))}
      {entries.length > MOST_LINES && <p className="text-faint">and {entries.length - MOST_LINES} more</p>}
    </div>
  );
}
