"use client";

import type { ReactNode } from "react";
import type { DurationMetric, MetricSet } from "#lib/contracts/incident-metrics.ts";
import { DURATION_KEYS, type DurationKey } from "#lib/domain/incidents/metrics.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { Formula } from "./formula.tsx";
import { formulaOf, METRIC_WORDS } from "./metric-words.ts";

type Row = MetricSet & { name: ReactNode; key: string };

interface MetricTableProps {
  /** What the rows are: "Severity", "Service". */
  by: string;
  rows: readonly Row[];
}

const HEAD = "text-small text-faint pr-3 pb-1.5 font-normal last:pr-0";
const CELL =
  "py-2.25 pr-3 align-top last:pr-0 max-sm:flex max-sm:justify-between max-sm:gap-4 max-sm:p-0 sm:text-right";

/** Median, p90 and mean of the four durations, a row per severity or service; on phones a card each. */
export function MetricTable({ by, rows }: MetricTableProps) {
  return (
    <table
      role="table"
      aria-label={`Durations by ${by.toLowerCase()}: median, p90, mean`}
      className="w-full border-collapse max-sm:block"
    >
      <thead role="rowgroup" className="max-sm:hidden">
        <tr role="row">
          <th role="columnheader" scope="col" className={`${HEAD} text-left`}>
            {by}
          </th>
          <th role="columnheader" scope="col" className={`${HEAD} text-right`}>
            Incidents
          </th>
          {DURATION_KEYS.map((key) => (
            <th key={key} role="columnheader" scope="col" className={`${HEAD} text-right`}>
              {METRIC_WORDS[key].short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={row.key}
            role="row"
            className="border-line-soft border-t max-sm:grid max-sm:gap-1.5 max-sm:py-2.5"
          >
            <th role="rowheader" scope="row" className="py-2.25 pr-3 text-left font-medium max-sm:p-0">
              {row.name}
            </th>
            <td role="cell" className={CELL}>
              <Label text="Incidents" />
              {row.incidents}
            </td>
            {DURATION_KEYS.map((key) => (
              <td key={key} role="cell" className={CELL}>
                <Label text={METRIC_WORDS[key].short} />
                <Summary metric={row[key]} duration={key} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On phones there is no head over the figures. */
function Label({ text }: { text: string }) {
  return <span className="text-small text-faint sm:hidden">{text}</span>;
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
