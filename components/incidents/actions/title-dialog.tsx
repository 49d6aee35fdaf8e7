"use client";

import { useForm, useFormState } from "react-hook-form";
import { patchIncident } from "#lib/client/incidents.queries.ts";
import { CreateIncident, type IncidentDetail } from "#lib/contracts/incidents.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { StandsAt } from "./severity-dialog.tsx";
import { useIncidentChange } from "./use-incident-change.ts";

/** Renames an incident; the old title stays on the timeline. */
export function TitleDialog({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  const { register, handleSubmit, control } = useForm<{ title: string }>({
    defaultValues: { title: incident.title },
    mode: "onTouched",
  });
  const { errors } = useFormState({ control });
  const change = useIncidentChange(
    ({ title }: { title: string }) => patchIncident({ id: incident.id, version: incident.version, title }),
    onClose,
  );
  return (
    <FormDialog
      title={`Title of ${incident.id}`}
      submit="Rename"
      pending={change.isPending}
      problem={change.problem}
      remedy={<StandsAt incident={incident} problem={change.problem} />}
      onSubmit={() => void handleSubmit((form) => change.mutate(form))()}
      onClose={onClose}
    >
      <Field label="Title" error={errors.title?.message}>
        {(field) => (
          <Input
            autoComplete="off"
            {...field}
            {...register("title", {
              validate: (title) =>
                CreateIncident.shape.title.safeParse(title).error?.issues[0]?.message ?? true,
            })}
          />
        )}
      </Field>
    </FormDialog>
  );
}
