"use client";

import { useState } from "react";
import { patchIncident } from "#lib/client/incidents.queries.ts";
import type { IncidentTime } from "#lib/contracts/incident-events.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { formatTime } from "#lib/format/time.ts";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { fromLocalField, toLocalField } from "#lib/client/local-field.ts";
import { useIncidentChange } from "./use-incident-change.ts";

interface TimeDialogProps {
  incident: IncidentDetail;
  field: IncidentTime;
  label: string;
  onClose: () => void;
}

/** Sets a time right that durations are made of; what it was stays on the timeline. */
export function TimeDialog({ incident, field, label, onClose }: TimeDialogProps) {
  const zone = usePreferences().preferences.timeZone;
  const now = incident[field];
  const [typed, setTyped] = useState(() => toLocalField(Date.parse(now ?? incident.detectedAt), zone));
  const to = fromLocalField(typed, zone);
  const change = useIncidentChange(
    (wanted: string | null) =>
      patchIncident({ id: incident.id, version: incident.version, time: { field, to: wanted } }),
    onClose,
  );
  const refused = change.problem?.errors?.[0]?.message;
  return (
    <FormDialog
      title={`${label}: set the time right`}
      submit="Set"
      pending={change.isPending || to === null}
      problem={change.problem}
      remedy={change.problem?.code === "conflict" && <NowReads at={now} zone={zone} />}
      onSubmit={() => to !== null && change.mutate(to)}
      onClose={onClose}
    >
      <Field label={label} hint={`Time in ${zone}`} error={to === null ? "is not a date and time" : refused}>
        {(control) => (
          <Input
            type="datetime-local"
            step={1}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            {...control}
          />
        )}
      </Field>
      {field === "startedAt" && now !== null && (
        <p className="text-dim">
          <Button disabled={change.isPending} onClick={() => change.mutate(null)}>
            Not known
          </Button>
        </p>
      )}
    </FormDialog>
  );
}

/** After a conflict: what it says by now. */
function NowReads({ at, zone }: { at: string | null; zone: string }) {
  return (
    <p className="text-dim mt-1">
      By now it reads {formatTime(at, "full", zone)}. What you typed is kept; setting it again puts it on top.
    </p>
  );
}
