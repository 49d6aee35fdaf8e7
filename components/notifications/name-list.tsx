"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useId } from "react";
import { Controller, useFormContext, useFormState } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { type Choice, Select } from "#components/ui/select.tsx";
import { messageOf } from "./policy-form.ts";

interface NameListProps {
  /** A field that holds a list of values. */
  name: string;
  label: string;
  /** What it means that the list is empty. */
  none: string;
  /** What can be added, by its name. */
  choices: readonly Choice[];
  /** "Add a person" */
  add: string;
  /** The order says something, so that it can be changed. */
  ordered?: boolean;
}

function moved(list: readonly string[], at: number, to: number): string[] {
  const rest = list.filter((_, nth) => nth !== at);
  return [...rest.slice(0, to), ...list.slice(at, at + 1), ...rest.slice(to)];
}

/** Several among many: what is chosen stands in a list, what else there is can be picked by name. */
export function NameList({ name, label, none, choices, add, ordered = false }: NameListProps) {
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
        const left = choices.filter((choice) => !chosen.includes(choice.value));
        return (
          <fieldset className="min-w-0">
            <legend className="text-small text-dim mb-1">{label}</legend>
            <Chosen chosen={chosen} choices={choices} ordered={ordered} onChange={onChange} />
            <Select
              ref={ref}
              aria-label={`${add}: ${label}`}
              aria-invalid={error !== undefined}
              aria-describedby={noteId}
              className="max-w-full"
              value=""
              onBlur={onBlur}
              disabled={left.length === 0}
              choices={[{ value: "", label: left.length === 0 ? "Nothing left to add" : add }, ...left]}
              onChange={(event) => event.target.value !== "" && onChange([...chosen, event.target.value])}
            />
            <p id={noteId} className={`text-small mt-0.5 ${error ? "text-critical" : "text-faint"}`}>
              {error ?? (chosen.length === 0 ? none : "")}
            </p>
          </fieldset>
        );
      }}
    />
  );
}

interface ChosenProps {
  chosen: readonly string[];
  choices: readonly Choice[];
  ordered: boolean;
  onChange: (next: string[]) => void;
}

function Chosen({ chosen, choices, ordered, onChange }: ChosenProps) {
  const labels = new Map(choices.map(({ value, label }) => [value, label]));
  if (chosen.length === 0) return null;
  return (
    <ol className={ordered ? "mb-1.5 grid gap-1" : "mb-1.5 flex flex-wrap gap-1.5"}>
      {chosen.map((value, at) => {
        const text = labels.get(value) ?? `${value} (not there now)`;
        return (
          <li
            key={`${value} ${at}`}
            className="rounded-control border-line inline-flex min-w-0 items-center gap-0.5 border pl-2.5"
          >
            {ordered && <span className="text-faint w-5 flex-none">{at + 1}.</span>}
            <bdi className="mr-auto min-w-0 break-words">{text}</bdi>
            {ordered && (
              <MoveButtons
                what={text}
                at={at}
                count={chosen.length}
                onMove={(to) => onChange(moved(chosen, at, to))}
              />
            )}
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Take out ${text}`}
              onClick={() => onChange(chosen.filter((_, nth) => nth !== at))}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          </li>
        );
      })}
    </ol>
  );
}

interface MoveButtonsProps {
  what: string;
  at: number;
  count: number;
  onMove: (to: number) => void;
}

/** Moves one of a list up or down. */
export function MoveButtons({ what, at, count, onMove }: MoveButtonsProps) {
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Move ${what} up`}
        disabled={at === 0}
        onClick={() => onMove(at - 1)}
      >
        <ArrowUp size={14} aria-hidden="true" />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Move ${what} down`}
        disabled={at === count - 1}
        onClick={() => onMove(at + 1)}
      >
        <ArrowDown size={14} aria-hidden="true" />
      </Button>
    </>
  );
}
