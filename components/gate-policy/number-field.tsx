"use client";

import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

interface NumberFieldProps {
  label: string;
  value: number;
  error: string | undefined;
  disabled: boolean;
  onChange: (value: number) => void;
}

const numberOf = (text: string) => (text.trim() === "" ? NaN : Number(text));

/** A figure. What was typed stays as it was typed; what is no number is NaN, which no policy takes. */
export function NumberField({ label, value, error, disabled, onChange }: NumberFieldProps) {
  const [text, setText] = useState(String(value));
  // Typed here it reads as typed; set from elsewhere (another policy was taken) it reads as the figure.
  const shown = Object.is(numberOf(text), value) ? text : String(value);
  return (
    <Field label={label} error={error}>
      {(field) => (
        <Input
          {...field}
          inputMode="numeric"
          disabled={disabled}
          value={shown}
          onChange={(event) => {
            setText(event.target.value);
            onChange(numberOf(event.target.value));
          }}
        />
      )}
    </Field>
  );
}
