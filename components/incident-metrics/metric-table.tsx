"use client";

import type { ReactNode } from "react";
import type { DurationMetric, MetricSet } from "#lib/contracts/incident-metrics.ts";
import { DURATION_KEYS, type DurationKey } from "#lib/domain/incidents/metrics.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { DataTable, type Column } from "#components/ui/data-table.tsx";
import { Formula } from "./formula.tsx";
import { formulaOf, METRIC_WORDS } from "./metric-words.ts";

type Row = MetricSet & { name: ReactNode; key: string };

interface MetricTableProps {
  /** What the rows are: "Severity", "Service". */
  by: string;
  rows: readonly Row[];
}

/** Median, p90, mean and n of the four durations, a row per severity or service. */
export function MetricTable({ by, rows }: MetricTableProps) {
  return (
    <DataTable
      label={`Durations by ${by.toLowerCase()}`}
      columns={columnsOf(by)}
      rows={rows}
      rowKey={keyOf}
    />
  );
}

const keyOf = ({ key }: Row) => key;

function columnsOf(by: string): readonly Column<Row>[] {
  const duration = (key: DurationKey): Column<Row> => ({
    key,
    header: `${METRIC_WORDS[key].short} median · p90 · mean`,
    align: "end",
    cell: (row) => <Summary metric={row[key]} duration={key} />,
    sortBy: (row) => row[key].medianSeconds,
  });
  return [
    { key: "name", header: by, cell: ({ name }) => name, sortBy: keyOf },
    {
      key: "incidents",
      header: "Incidents",
      align: "end",
      cell: ({ incidents }) => incidents,
      sortBy: ({ incidents }) => incidents,
    },
    ...DURATION_KEYS.map(duration),
  ];
}

function Summary({ metric, duration }: { metric: DurationMetric; duration: DurationKey }) {
  const { n, missing, medianSeconds, p90Seconds, meanSeconds } = metric;
  const figures =
    n === 0 ? "—" : [medianSeconds, p90Seconds, meanSeconds].map((one) => writeSeconds(one)).join(" · ");
  return (
    <span className="inline-grid justify-items-end">
      <Formula text={formulaOf(duration, metric)} label={`How ${METRIC_WORDS[duration].short} is made`}>
        {figures}
      </Formula>
      <span className="text-small text-faint">
        n {n}
        {missing > 0 && `, ${missing} not known`}
      </span>
    </span>
  );
}
