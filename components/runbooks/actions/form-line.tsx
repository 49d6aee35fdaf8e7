"use client";

import type { ComponentProps } from "react";
import { get, type RegisterOptions, useFormContext, useFormState } from "react-hook-form";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { type Choice, Select } from "#components/ui/select.tsx";

interface LineProps {
  /** Where it stands in the form. */
  name: string;
  label: string;
  hint?: string;
  className?: string;
}

function useLine(name: string) {
  const { control, register } = useFormContext();
  const { errors } = useFormState({ control, name });
  const found = get(errors, name) as { message?: string; root?: { message?: string } } | undefined;
  const error = found?.message ?? found?.root?.message;
  return { register, error: error === undefined ? {} : { error } };
}

/** A line of text or a number of an action; an empty number is none and is refused as such. */
export function TextLine({
  name,
  label,
  hint,
  className,
  ...input
}: LineProps & Omit<ComponentProps<"input">, "name" | "className">) {
  const { register, error } = useLine(name);
  const options: RegisterOptions = input.type === "number" ? { valueAsNumber: true } : {};
  return (
    <Field label={label} {...(hint && { hint })} {...(className && { className })} {...error}>
      {(field) => (
        <Input autoComplete="off" spellCheck={false} {...input} {...field} {...register(name, options)} />
      )}
    </Field>
  );
}

/** A choice of an action; where `emptyIsNull` the empty one stands for none. */
export function ChoiceLine({
  name,
  label,
  hint,
  className,
  choices,
  emptyIsNull = false,
}: LineProps & { choices: readonly Choice[]; emptyIsNull?: boolean }) {
  const { register, error } = useLine(name);
  const options: RegisterOptions = emptyIsNull
    ? { setValueAs: (value: string | null) => (value === "" ? null : value) }
    : {};
  return (
    <Field label={label} {...(hint && { hint })} {...(className && { className })} {...error}>
      {(field) => <Select choices={choices} {...field} {...register(name, options)} />}
    </Field>
  );
}
