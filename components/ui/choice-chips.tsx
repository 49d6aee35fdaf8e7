"use client";

import { type ReactNode, type Ref, useId } from "react";
import type { Choice } from "./select.tsx";

interface ChipSetProps {
  label: string;
  /** What it means as it stands, while nothing is wrong. */
  note: string;
  error: string | undefined;
  children: ReactNode;
}

/** Chips under one label, with what is wrong or what the choice means below them. */
export function ChipSet({ label, note, error, children }: ChipSetProps) {
  const noteId = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={noteId}>
      <legend className="text-small text-dim mb-1">{label}</legend>
      <div className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto p-px">{children}</div>
      <p id={noteId} className={`text-small mt-0.5 ${error ? "text-critical" : "text-faint"}`}>
        {error ?? note}
      </p>
    </fieldset>
  );
}

interface ChipProps {
  ref?: Ref<HTMLInputElement> | undefined;
  on: boolean;
  disabled?: boolean;
  onToggle: () => void;
  onBlur?: (() => void) | undefined;
  children: string;
}

/** A checkbox drawn as a chip, with a tick beside the colour. */
export function Chip({ ref, on, disabled = false, onToggle, onBlur, children }: ChipProps) {
  return (
    <label
      className={`rounded-control has-focus-visible:outline-accent inline-flex min-h-7.5 items-center gap-1.5 border px-2.5 has-focus-visible:outline-2 max-sm:min-h-9 ${on ? "border-accent text-ink" : "border-line text-dim"} ${disabled ? "" : "hover:border-line-strong cursor-pointer"}`}
    >
      <input
        ref={ref}
        type="checkbox"
        className="accent-accent size-3.5"
        checked={on}
        disabled={disabled}
        onChange={onToggle}
        onBlur={onBlur}
      />
      <bdi>{children}</bdi>
    </label>
  );
}

interface ChoiceChipsProps {
  ref?: Ref<HTMLInputElement> | undefined;
  label: string;
  /** What it means that none is chosen. */
  none: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  error?: string | undefined;
  disabled?: boolean;
  onChange: (chosen: string[]) => void;
  onBlur?: () => void;
}

/** Several among few: each a chip that is on or off. The values keep the order of the choices. */
export function ChoiceChips(props: ChoiceChipsProps) {
  const { ref, label, none, choices, chosen, error, disabled, onChange, onBlur } = props;
  const toggle = (value: string) => {
    const turned = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    // What is chosen but not offered (any more) stays chosen.
    const gone = turned.filter((one) => !choices.some((choice) => choice.value === one));
    onChange([...choices.map((choice) => choice.value).filter((one) => turned.includes(one)), ...gone]);
  };
  return (
    <ChipSet label={label} note={chosen.length === 0 ? none : ""} error={error}>
      {choices.map((choice, at) => (
        <Chip
          key={choice.value}
          ref={at === 0 ? ref : undefined}
          on={chosen.includes(choice.value)}
          disabled={disabled}
          onToggle={() => toggle(choice.value)}
          onBlur={onBlur}
        >
          {choice.label}
        </Chip>
      ))}
    </ChipSet>
  );
}
