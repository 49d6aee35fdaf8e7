"use client";

import { useForm, useFormState } from "react-hook-form";
import { patchIncident } from "#lib/client/incidents.queries.ts";
import type { IncidentDetail } from "#lib/contracts/incidents.ts";
import { SEVERITIES, type Severity } from "#lib/domain/incidents/severity.ts";
import { severityMeaning } from "#components/shell/severity-chip.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { useIncidentChange } from "./use-incident-change.ts";

interface SeverityForm {
  to: Severity;
  reason: string;
}
const CHOICES = SEVERITIES.map((value) => ({ value, label: `${value}: ${severityMeaning(value)}` }));

/** Changes the severity, which moves the response clock and who is told; the reason goes on the timeline. */
export function SeverityDialog({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const { register, handleSubmit, control } = useForm<SeverityForm>({
    defaultValues: { to: incident.severity, reason: "" },
    mode: "onTouched",
  });
  const { errors } = useFormState({ control });
  const change = useIncidentChange(
    (severity: SeverityForm) => patchIncident({ id: incident.id, version: incident.version, severity }),
    onClose,
  );
  return (
    <FormDialog
      title={`Severity of ${incident.id}`}
      submit="Change severity"
      pending={change.isPending}
      problem={change.problem}
      remedy={<StandsAt incident={incident} problem={change.problem} />}
      onSubmit={() => void handleSubmit((form) => change.mutate(form))()}
      onClose={onClose}
    >
      <Field label="Severity" hint="Also moves the response clock and who is told">
        {(field) => <Select choices={CHOICES} {...field} {...register("to")} />}
      </Field>
      <Field label="Why" error={errors.reason?.message}>
        {(field) => (
          <Input
            autoComplete="off"
            {...field}
            {...register("reason", {
              validate: (reason) => reason.trim() !== "" || "is needed",
              maxLength: { value: 500, message: "may have 500 characters" },
            })}
          />
        )}
      </Field>
    </FormDialog>
  );
}

/** After a conflict: how it stands by now. */
export function StandsAt({
  incident,
  problem,
}: {
  incident: IncidentDetail;
  problem: { code: string } | null;
}) {
  if (problem?.code !== "conflict") return null;
  return (
    <p className="text-dim mt-1">
      By now it is {incident.severity}, {incident.phase}: “{incident.title}”. What you typed is kept; sending
      it again puts it on top.
    </p>
  );
}
