"use client";

import { Controller, useFormContext, useFormState } from "react-hook-form";
import { ChoiceChips } from "#components/ui/choice-chips.tsx";
import type { Choice } from "#components/ui/select.tsx";
import { messageOf } from "./policy-form.ts";

interface ChipsFieldProps {
  /** A field that holds a list of values. */
  name: string;
  label: string;
  /** What it means that none is chosen. */
  none: string;
  choices: readonly Choice[];
}

/** A field of the form for several among few. */
export function ChipsField({ name, ...shown }: ChipsFieldProps) {
  const { control } = useFormContext();
  const { errors } = useFormState({ control });
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, onChange, onBlur, ref } }) => (
        <ChoiceChips
          {...shown}
          ref={ref}
          chosen={value as string[]}
          error={messageOf(errors, name)}
          onChange={onChange}
          onBlur={onBlur}
        />
      )}
    />
  );
}
