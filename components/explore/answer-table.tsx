import type { AnsweredSeries, Figures } from "#lib/client/explore-answer.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { harmlessText } from "#lib/format/harmless-text.ts";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import { extremesOf, numberOf, writeSample } from "./extremes.ts";
import { seriesText } from "./series-text.ts";

const SHOWN_ROWS = 500;

interface Row {
  name: string;
  last: string;
  count: number;
  min: number | null;
  max: number | null;
}

/** The series of an answer with their values as the source wrote them. */
export function AnswerTable({ figures }: { figures: Figures }) {
  const rows = figures.series.slice(0, SHOWN_ROWS).map(rowOf);
  const more = figures.series.length - rows.length;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Table of the answer">
      <DataTable
        label="Answer"
        columns={figures.kind === "matrix" ? RANGE_COLUMNS : INSTANT_COLUMNS}
        rows={rows}
        rowKey={({ name }) => name}
      />
      {more > 0 && (
        <p className="text-small text-dim mt-2">
          {countOf(more, "more series", "more series")} stand in the raw answer.
        </p>
      )}
    </div>
  );
}

function rowOf({ labels, samples }: AnsweredSeries): Row {
  return {
    name: seriesText(labels),
    last: samples.at(-1)?.[1] ?? "",
    count: samples.length,
    ...extremesOf(samples.map(([, value]) => value)),
  };
}

const name: Column<Row> = {
  key: "name",
  header: "Series",
  sortBy: (row) => row.name,
  cell: (row) => <code className="font-mono text-[12px] break-all">{harmlessText(row.name)}</code>,
};
const number = (key: "min" | "max", header: string): Column<Row> => ({
  key,
  header,
  align: "end",
  // Beside the last value a phone has no room for sixteen digits more.
  wide: true,
  sortBy: (row) => row[key],
  cell: (row) => writeSample(row[key]),
});
const last = (header: string): Column<Row> => ({
  key: "last",
  header,
  align: "end",
  sortBy: (row) => numberOf(row.last),
  cell: (row) => row.last,
});
const INSTANT_COLUMNS = [name, last("Value")];
const RANGE_COLUMNS: Column<Row>[] = [
  name,
  last("Last"),
  number("min", "Lowest"),
  number("max", "Highest"),
  {
    key: "count",
    header: "Points",
    align: "end",
    wide: true,
    sortBy: (row) => row.count,
    cell: (row) => row.count,
  },
];
