"use client";

import { useFormContext, useFormState, useWatch } from "react-hook-form";
import { documentOf, type RunbookForm } from "./runbook-form.ts";
import { ActionFields } from "../actions/action-fields.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { TextArea } from "#components/ui/text-area.tsx";

const EXAMPLE = "Markdown. A block ```promql shows its answer; $service and $node are filled in.";

/** The fields of a runbook; its text as high as the window allows. */
export function RunbookFields({ named }: { named: boolean }) {
  const { register, control } = useFormContext<RunbookForm>();
  const { errors } = useFormState({ control });
  const form = useWatch({ control }) as RunbookForm;
  const actions = documentOf(form).actions.length;
  const message = (name: Exclude<keyof RunbookForm, "actions">) => errors[name]?.message;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" hint="As the alert is called" error={message("name")}>
          {(field) => <Input {...field} readOnly={named} {...register("name")} />}
        </Field>
        <Field label="Title" error={message("title")}>
          {(field) => <Input {...field} {...register("title")} />}
        </Field>
      </div>
      <Field label="Also for the alerts" hint="Names with commas between" error={message("alerts")}>
        {(field) => <Input {...field} {...register("alerts")} />}
      </Field>
      <Field label="Text" hint={EXAMPLE} error={message("markdown")}>
        {(field) => (
          <TextArea
            {...field}
            rows={24}
            spellCheck
            className="field-sizing-content min-h-96 w-full font-mono"
            {...register("markdown")}
          />
        )}
      </Field>
      <details open={actions > 0}>
        <summary className="rounded-chip text-dim mb-2 w-fit cursor-pointer">
          Guarded actions ({actions})
        </summary>
        <ActionFields />
      </details>
    </>
  );
}
