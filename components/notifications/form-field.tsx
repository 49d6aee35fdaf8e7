"use client";

import type { ComponentProps } from "react";
import { useFormContext, useFormState } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { type Choice, Select } from "#components/ui/select.tsx";
import { messageOf } from "./policy-form.ts";

interface FieldOfForm {
  name: string;
  label: string;
  hint?: string | undefined;
  className?: string;
}

function useFieldOfForm(name: string) {
  const { control, register } = useFormContext();
  const { errors } = useFormState({ control });
  const error = messageOf(errors, name);
  return { register, error: error === undefined ? {} : { error } };
}

/** A line of text, a time or a number of the form above; a number without a figure is not a number. */
export function TextField({
  name,
  label,
  hint,
  className,
  ...input
}: FieldOfForm & Omit<ComponentProps<"input">, "name">) {
  const { register, error } = useFieldOfForm(name);
  return (
    <Field label={label} {...(hint !== undefined && { hint })} {...error} {...(className && { className })}>
      {(field) => (
        <Input
          autoComplete="off"
          {...field}
          {...input}
          {...register(name, { valueAsNumber: input.type === "number" })}
        />
      )}
    </Field>
  );
}

/** One of several, of the form above. */
export function SelectField({
  name,
  label,
  hint,
  className,
  choices,
}: FieldOfForm & { choices: readonly Choice[] }) {
  const { register, error } = useFieldOfForm(name);
  return (
    <Field label={label} {...(hint !== undefined && { hint })} {...error} {...(className && { className })}>
      {(field) => <Select {...field} choices={choices} {...register(name)} />}
    </Field>
  );
}

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
const ZONES_ID = "time-zones";

/** The time zones that can be picked from; once in a form. */
export function ZoneOptions() {
  return (
    <datalist id={ZONES_ID}>
      {ZONES.map((zone) => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}

/** A time zone, typed or picked. */
export function ZoneField(props: FieldOfForm) {
  return <TextField {...props} list={ZONES_ID} spellCheck={false} placeholder="Europe/Berlin" />;
}
