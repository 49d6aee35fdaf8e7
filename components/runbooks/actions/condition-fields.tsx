"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Button } from "#components/ui/button.tsx";
import { ChoiceLine, TextLine } from "./form-line.tsx";
import { type FormWithActions, NEW_CONDITION } from "./new-action.ts";

const MOST = 10;
const COMPARISONS = [">=", ">", "==", "!=", "<", "<="].map((value) => ({ value, label: value }));

/** What must hold for an action to run, a line of PromQL each. */
export function ConditionFields({ at }: { at: number }) {
  const path = `actions.${at}.conditions` as const;
  const { control } = useFormContext<FormWithActions>();
  const { fields, append, remove } = useFieldArray({ control, name: path });
  return (
    <fieldset className="grid gap-3">
      <legend className="text-dim mb-1">Runs only while all of these hold</legend>
      {fields.map(({ id }, nth) => (
        <div key={id} className="border-line-soft grid gap-2 border-l-2 pl-3">
          <div className="flex items-end gap-2">
            <TextLine
              name={`${path}.${nth}.says`}
              label={`Condition ${nth + 1} says`}
              placeholder="at least one replica is ready"
              className="min-w-0 flex-1"
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove condition ${nth + 1}`}
              onClick={() => remove(nth)}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          </div>
          <div className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_5rem_7rem]">
            <TextLine
              name={`${path}.${nth}.query`}
              label="PromQL"
              hint={'"$service" and "$node" stand for the target; every series must hold'}
            />
            <ChoiceLine name={`${path}.${nth}.op`} label="is" choices={COMPARISONS} />
            <TextLine name={`${path}.${nth}.value`} label="than, or to" type="number" step="any" />
          </div>
        </div>
      ))}
      <Button
        className="justify-self-start"
        disabled={fields.length >= MOST}
        onClick={() => append(NEW_CONDITION)}
      >
        <Plus size={13} aria-hidden="true" />
        Add a condition
      </Button>
    </fieldset>
  );
}
