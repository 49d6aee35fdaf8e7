"use client";

import { clsx } from "clsx";
import type { Unit } from "#lib/contracts/series.ts";
import { formatFigure } from "#lib/format/figure.ts";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import type { SeriesStats } from "./series-stats.ts";

/** A line's name, colour and figures. */
export interface LegendRow extends SeriesStats {
  name: string;
  color: string;
}

interface LegendTableProps {
  label: string;
  rows: readonly LegendRow[];
  unit: Unit;
  isolated: string | null;
  onIsolate: (name: string) => void;
}

/** The figures of each line, sortable; also what a screen reader reads instead of the drawing. */
export function LegendTable({ label, rows, unit, isolated, onIsolate }: LegendTableProps) {
  const figure = (key: keyof SeriesStats, header: string, wide: boolean): Column<LegendRow> => ({
    key,
    header,
    wide,
    align: "end",
    cell: (row) => formatFigure(row[key], unit),
    sortBy: (row) => row[key],
  });
  const name: Column<LegendRow> = {
    key: "name",
    header: "Line",
    sortBy: (row) => row.name,
    cell: (row) => (
      <button
        type="button"
        aria-pressed={isolated === row.name}
        onClick={() => onIsolate(row.name)}
        className={clsx(
          "rounded-chip hover:text-ink flex min-h-6 max-w-full items-center gap-2 text-left",
          isolated !== null && isolated !== row.name && "text-faint",
        )}
      >
        <span className="h-0.5 w-3 flex-none rounded-full" style={{ background: row.color }} />
        <span className="truncate">{row.name}</span>
      </button>
    ),
  };
  return (
    <div className="text-dim mt-2 max-h-36 overflow-y-auto" tabIndex={rows.length > 5 ? 0 : undefined}>
      <DataTable
        label={`${label}: figures`}
        dense
        rows={rows}
        rowKey={(row) => row.name}
        columns={[
          name,
          figure("last", "Last", false),
          figure("min", "Min", true),
          figure("max", "Max", false),
          figure("mean", "Mean", true),
        ]}
      />
    </div>
  );
}
