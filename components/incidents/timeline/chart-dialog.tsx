"use client";

import { useState } from "react";
import { writeEvent } from "#lib/client/incidents.queries.ts";
import type { TypedBody } from "#lib/contracts/incident-events.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { TimeSeries } from "#components/charts/time-series.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { SnapshotFields, useSnapshotChoice } from "./snapshot-fields.tsx";
import { SnapshotState } from "./snapshot-state.tsx";
import { CHART_CHOICES } from "./subjects.ts";
import { queryTextOf, useSnapshot } from "./use-snapshot.ts";
import { useWrite } from "./use-write.ts";

const HOUR_MS = 3_600_000;

/** Keeps the last hour of a chart as it was at a moment: the series themselves, not a picture of them. */
export function ChartDialog({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const choice = useSnapshotChoice(incident);
  const { subject, at } = choice;
  const choices = CHART_CHOICES[subject?.kind ?? "service"];
  const [chosen, setChosen] = useState("");
  const chart = choices.find(({ value }) => value === chosen) ?? choices[0]!;
  const query = useSnapshot(chart.value, choice, HOUR_MS);
  const write = useWrite(
    incident.id,
    (body: TypedBody) => writeEvent(incident.id, { at: at ?? undefined, body }),
    onClose,
  );
  const title = `${chart.label} of ${subject?.name}`;
  const submit = () => {
    if (!query.data) return;
    const { data, queries } = query.data;
    write.mutate({ kind: "chart", title, query: queryTextOf(queries), data });
  };
  return (
    <FormDialog
      title="Keep a chart"
      submit="Put on the timeline"
      pending={write.isPending || !query.data}
      problem={write.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <SnapshotFields choice={choice} />
        <Field label="Chart" hint="The hour up to then">
          {(field) => (
            <Select
              choices={choices}
              value={chart.value}
              onChange={(event) => setChosen(event.target.value)}
              {...field}
            />
          )}
        </Field>
      </div>
      <SnapshotState query={query} skeleton={<Skeleton className="h-44" />} />
      {query.data && <TimeSeries data={query.data.data} label={title} heightPx={140} />}
    </FormDialog>
  );
}
