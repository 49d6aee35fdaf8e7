"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import type { EscalationDocument } from "#lib/contracts/on-call.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import { Button } from "#components/ui/button.tsx";
import type { Choice } from "#components/ui/select.tsx";
import { ChipsField } from "./chips-field.tsx";
import { SelectField } from "./form-field.tsx";

/** The channels that reach one person alone, so that a rotation can call whoever is on duty. */
export function ReachFields({
  channels,
  people,
}: {
  channels: readonly Channel[];
  people: readonly Choice[];
}) {
  const { control } = useFormContext<EscalationDocument>();
  const { fields, append, remove } = useFieldArray({ control, name: "reach" });
  const choices = [{ value: "", label: "Choose a person" }, ...people];
  const channelChoices = channels.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section aria-label="Ways to people" className="rounded-control border-line grid gap-3 border p-3">
      <div>
        <h3 className="font-medium">Ways to people</h3>
        <p className="text-dim">A channel that reaches one person alone; a rotation calls through it.</p>
      </div>
      <ul className="grid gap-3">
        {fields.map(({ id }, at) => (
          <li key={id} className="grid gap-2 sm:grid-cols-[14rem_1fr_auto]">
            <SelectField name={`reach.${at}.personId`} label="Person" choices={choices} />
            <ChipsField
              name={`reach.${at}.channels`}
              label="Reached by"
              none="Choose at least one"
              choices={channelChoices}
            />
            <Button
              variant="ghost"
              size="icon"
              className="sm:mt-5.5"
              aria-label={`Remove way ${at + 1}`}
              onClick={() => remove(at)}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ul>
      <Button className="justify-self-start" onClick={() => append({ personId: "", channels: [] })}>
        <Plus size={13} aria-hidden="true" />
        Add a way to a person
      </Button>
    </section>
  );
}
