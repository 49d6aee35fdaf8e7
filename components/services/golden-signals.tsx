"use client";

import type { ReactNode } from "react";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import { SeriesPanel } from "#components/charts/series-panel.tsx";
import type { Mark } from "#components/charts/marks.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import {
  batchAgeTitle,
  batchDurationTitle,
  batchRunsTitle,
  errorsTitle,
  latencyTitle,
  recordsTitle,
  saturationTitle,
  trafficTitle,
} from "./signal-titles.ts";

interface GoldenSignalsProps {
  service: string;
  batch: boolean;
  /** Stands in the same grid after the charts. */
  children?: ReactNode;
}

/** The four golden signals of a service over time; of a batch service its runs, durations, age and records. */
export function GoldenSignals({ service, batch, children }: GoldenSignalsProps) {
  const view = usePanel("service.health");
  const health = view.state === "ready" ? view.data : null;
  const marks = useDeployMarks();
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {batch ? (
        <BatchCharts service={service} health={health} marks={marks} />
      ) : (
        <RequestCharts service={service} health={health} marks={marks} />
      )}
      <SeriesPanel
        panel="service.saturation"
        title={health ? saturationTitle(health.signals.saturation) : "Saturation"}
        label={`Saturation of ${service}`}
        aside="of its limits"
        marks={marks}
        empty={
          <EmptyState title="No usage can be compared with a limit">
            Set CPU and memory limits on the pods, so that Burnline can say how full they are.
          </EmptyState>
        }
      />
      {children}
    </div>
  );
}

interface ChartsProps {
  service: string;
  health: ServiceHealth | null;
  marks: readonly Mark[];
}

function RequestCharts({ service, health, marks }: ChartsProps) {
  const signals = health?.signals;
  return (
    <>
      <SeriesPanel
        panel="service.latency"
        title={signals ? latencyTitle(signals.latency) : "Latency"}
        label={`Latency of ${service}`}
        aside="p50, p95, p99"
        marks={marks}
      />
      <SeriesPanel
        panel="service.traffic"
        title={signals ? trafficTitle(signals.traffic) : "Traffic"}
        label={`Traffic of ${service} against its baseline`}
        aside="against the usual"
        marks={marks}
      />
      <SeriesPanel
        panel="service.errors"
        title={signals ? errorsTitle(signals.errors) : "Errors"}
        label={`Errors of ${service} by class`}
        aside="by class"
        marks={marks}
      />
    </>
  );
}

function BatchCharts({ service, health, marks }: ChartsProps) {
  const records = usePanel("service.batch-records");
  const batch = health?.batch;
  return (
    <>
      <SeriesPanel
        panel="service.batch-runs"
        title={batch ? batchRunsTitle(batch) : "Runs"}
        label={`Runs and failures of ${service}`}
        marks={marks}
      />
      <SeriesPanel
        panel="service.batch-duration"
        title={batch ? batchDurationTitle(batch) : "Duration"}
        label={`Duration of the runs of ${service}`}
        marks={marks}
      />
      <SeriesPanel
        panel="service.batch-age"
        title={batch ? batchAgeTitle(batch) : "Age of the last success"}
        label={`Age of the last success of ${service}`}
        marks={marks}
      />
      <SeriesPanel
        panel="service.batch-records"
        title={records.state === "ready" ? recordsTitle(records.data) : "Records"}
        label={`Records expected and processed by ${service}`}
        marks={marks}
      />
    </>
  );
}

function useDeployMarks(): Mark[] {
  const view = usePanel("service.deploys");
  if (view.state !== "ready") return [];
  return view.data.map(({ at, version }) => ({ at, label: version, kind: "deploy" }));
}
