"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import type { Choice } from "#components/ui/select.tsx";
import { SelectField, TextField } from "./form-field.tsx";
import type { OnCallForm } from "./on-call-form.ts";

const EMPTY = { personId: "", from: "", to: "", fromKept: "", toKept: "" };

/** Who stands in for whoever would be on call, and from when to when on the rotation's wall clock. */
export function OverrideFields({ at, people }: { at: number; people: readonly Choice[] }) {
  const { control } = useFormContext<OnCallForm>();
  const { fields, append, remove } = useFieldArray({ control, name: `rotations.${at}.overrides` });
  const choices = [{ value: "", label: "Choose a person" }, ...people];
  return (
    <fieldset className="min-w-0">
      <legend className="text-small text-dim mb-1">
        Overrides: who stands in, in the zone of the rotation
      </legend>
      <ul className="grid gap-2">
        {fields.map(({ id }, nth) => {
          const path = `rotations.${at}.overrides.${nth}`;
          return (
            <li key={id} className="grid gap-2 sm:grid-cols-[1fr_auto_auto_auto] sm:items-start">
              <SelectField name={`${path}.personId`} label="Stands in" choices={choices} />
              <TextField name={`${path}.from`} label="From" type="datetime-local" />
              <TextField name={`${path}.to`} label="To" type="datetime-local" />
              <Button
                variant="ghost"
                size="icon"
                className="sm:mt-5.5"
                aria-label={`Remove override ${nth + 1} of rotation ${at + 1}`}
                onClick={() => remove(nth)}
              >
                <X size={14} aria-hidden="true" />
              </Button>
            </li>
          );
        })}
      </ul>
      <Button className={fields.length > 0 ? "mt-2" : ""} onClick={() => append(EMPTY)}>
        <Plus size={13} aria-hidden="true" />
        Add an override
      </Button>
    </fieldset>
  );
}
