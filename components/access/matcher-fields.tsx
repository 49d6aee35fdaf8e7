"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext, useFormState } from "react-hook-form";
import type { LabelMatcher } from "#lib/contracts/access.ts";
import { MATCH_OPERATORS } from "#lib/domain/access/matchers.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

/** The part of a form that these fields edit. */
export interface MatchersForm {
  matchers: LabelMatcher[];
}

const OPERATORS = MATCH_OPERATORS.map((value) => ({ value, label: value }));
const EMPTY: LabelMatcher = { label: "", operator: "=", value: "" };

/** Label matchers of the form above, one line each: a series must match all of them. */
export function MatcherFields() {
  const { control, register } = useFormContext<MatchersForm>();
  const { errors } = useFormState({ control });
  const { fields, append, remove } = useFieldArray({ control, name: "matchers" });
  return (
    <fieldset>
      <legend className="text-small text-dim mb-1">Sees only series that match</legend>
      {fields.length === 0 && <p className="text-dim mb-2">Everything: there is no matcher.</p>}
      <ul className="grid gap-2">
        {fields.map((field, index) => {
          const at = `matchers.${index}` as const;
          const wrong = errors.matchers?.[index];
          const nth = `of matcher ${index + 1}`;
          return (
            <li
              key={field.id}
              className="grid grid-cols-[1fr_4.5rem_1fr_auto] items-start gap-2 max-sm:grid-cols-[1fr_4.5rem_auto]"
            >
              <Field label="Label" error={wrong?.label?.message}>
                {(input) => (
                  <Input
                    placeholder="namespace"
                    autoComplete="off"
                    spellCheck={false}
                    aria-label={`Label ${nth}`}
                    {...input}
                    {...register(`${at}.label`)}
                  />
                )}
              </Field>
              <Field label="Operator" error={wrong?.operator?.message}>
                {(input) => (
                  <Select
                    choices={OPERATORS}
                    aria-label={`Operator ${nth}`}
                    {...input}
                    {...register(`${at}.operator`)}
                  />
                )}
              </Field>
              <Field
                label="Value"
                error={wrong?.value?.message}
                className="max-sm:order-last max-sm:col-span-3"
              >
                {(input) => (
                  <Input
                    placeholder="prod"
                    autoComplete="off"
                    spellCheck={false}
                    aria-label={`Value ${nth}`}
                    {...input}
                    {...register(`${at}.value`)}
                  />
                )}
              </Field>
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove matcher ${index + 1}`}
                onClick={() => remove(index)}
                className="mt-5.5"
              >
                <X size={14} aria-hidden="true" />
              </Button>
            </li>
          );
        })}
      </ul>
      <Button onClick={() => append(EMPTY)} className="mt-2">
        <Plus size={13} aria-hidden="true" />
        Add a matcher
      </Button>
    </fieldset>
  );
}
