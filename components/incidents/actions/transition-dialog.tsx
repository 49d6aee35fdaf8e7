"use client";

import { useState } from "react";
import { transitIncident } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import type { Transition } from "#lib/domain/incidents/lifecycle.ts";
import { Field } from "#components/ui/field.tsx";
import { TextArea } from "#components/ui/text-area.tsx";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { CONSEQUENCE_OF_TRANSITION, WORD_OF_TRANSITION } from "../incident-words.ts";
import { useIncidentChange } from "./use-incident-change.ts";

interface TransitionDialogProps {
  incident: IncidentDetail;
  transition: Transition;
  onClose: () => void;
}

/** Asks before a step that others will notice, names what follows from it, and takes a word along. */
export function TransitionDialog({ incident, transition, onClose }: TransitionDialogProps) {
  const [note, setNote] = useState("");
  const change = useIncidentChange(
    () => transitIncident({ id: incident.id, transition, note: note.trim() === "" ? null : note }),
    onClose,
  );
  return (
    <FormDialog
      title={`${WORD_OF_TRANSITION[transition]} ${incident.id}`}
      submit={WORD_OF_TRANSITION[transition]}
      pending={change.isPending}
      problem={change.problem}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <p className="text-dim">{CONSEQUENCE_OF_TRANSITION[transition]}.</p>
      {transition === "resolve" && incident.firingAlerts > 0 && (
        <p className="text-warning">
          {incident.firingAlerts === 1 ? "One alert is" : `${incident.firingAlerts} alerts are`} still firing.
        </p>
      )}
      <Field label="Note for the timeline, if there is something to say">
        {(field) => (
          <TextArea
            rows={3}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            {...field}
          />
        )}
      </Field>
    </FormDialog>
  );
}
