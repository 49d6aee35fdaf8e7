"use client";

import { useId } from "react";
import { Controller, useFormContext, useFormState } from "react-hook-form";
import type { Choice } from "#components/ui/select.tsx";
import { messageOf } from "./policy-form.ts";

interface ChoiceChipsProps {
  /** A field that holds a list of values. */
  name: string;
  label: string;
  /** What it means that none is chosen. */
  none: string;
  choices: readonly Choice[];
}

/** Several among few: each a chip that is on or off. The values keep the order of the choices. */
export function ChoiceChips({ name, label, none, choices }: ChoiceChipsProps) {
  const { control } = useFormContext();
  const { errors } = useFormState({ control });
  const noteId = useId();
  const error = messageOf(errors, name);
  return (
    <Controller
      control={control}
      name={name}
      render={({ field: { value, onChange, onBlur, ref } }) => {
        const chosen = value as string[];
        const toggle = (one: string) => {
          const next = chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one];
          onChange(choices.map((choice) => choice.value).filter((each) => next.includes(each)));
        };
        return (
          <fieldset className="min-w-0" aria-describedby={noteId}>
            <legend className="text-small text-dim mb-1">{label}</legend>
            <div className="flex flex-wrap gap-1.5">
              {choices.map((choice, at) => (
                <Chip
                  key={choice.value}
                  ref={at === 0 ? ref : undefined}
                  on={chosen.includes(choice.value)}
                  onToggle={() => toggle(choice.value)}
                  onBlur={onBlur}
                >
                  {choice.label}
                </Chip>
              ))}
            </div>
            <p id={noteId} className={`text-small mt-0.5 ${error ? "text-critical" : "text-faint"}`}>
              {error ?? (chosen.length === 0 ? none : "")}
            </p>
          </fieldset>
        );
      }}
    />
  );
}

interface ChipProps {
  ref?: React.Ref<HTMLInputElement> | undefined;
  on: boolean;
  onToggle: () => void;
  onBlur?: () => void;
  children: string;
}

/** A checkbox drawn as a chip, with a tick beside the colour. */
export function Chip({ ref, on, onToggle, onBlur, children }: ChipProps) {
  return (
    <label
      className={`rounded-control has-focus-visible:outline-accent inline-flex min-h-7.5 cursor-pointer items-center gap-1.5 border px-2.5 has-focus-visible:outline-2 max-sm:min-h-9 ${on ? "border-accent text-ink" : "border-line text-dim hover:border-line-strong"}`}
    >
      <input
        ref={ref}
        type="checkbox"
        className="accent-accent size-3.5"
        checked={on}
        onChange={onToggle}
        onBlur={onBlur}
      />
      <bdi>{children}</bdi>
    </label>
  );
}
