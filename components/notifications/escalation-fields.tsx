"use client";

import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import type { EscalationDocument } from "#lib/contracts/on-call.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import { SEVERITIES, type Severity } from "#lib/domain/incidents/severity.ts";
import { SeverityChip } from "#components/shell/severity-chip.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Choice } from "#components/ui/select.tsx";
import { ChannelChoice } from "./channel-choice.tsx";
import { ChipsField } from "./chips-field.tsx";
import { EscalationLadder } from "./escalation-ladder.tsx";
import { TextField } from "./form-field.tsx";
import { MoveButtons } from "./name-list.tsx";
import { ReachFields } from "./reach-fields.tsx";

const MOST_STEPS = 10;

export interface EscalationFieldsProps {
  channels: readonly Channel[];
  people: readonly Choice[];
  rotations: readonly string[];
}

/** Who is told when nobody has acknowledged: steps for each severity, and the ways to each person. */
export function EscalationFields({ channels, people, rotations }: EscalationFieldsProps) {
  return (
    <>
      {SEVERITIES.map((severity) => (
        <PathFields key={severity} severity={severity} channels={channels} rotations={rotations} />
      ))}
      <ReachFields channels={channels} people={people} />
    </>
  );
}

interface PathFieldsProps {
  severity: Severity;
  channels: readonly Channel[];
  rotations: readonly string[];
}

function PathFields({ severity, channels, rotations }: PathFieldsProps) {
  const path = `paths.${severity}` as const;
  const { control } = useFormContext<EscalationDocument>();
  const { fields, append, remove, move } = useFieldArray({ control, name: `${path}.steps` });
  const choices = rotations.map((name) => ({ value: name, label: name }));
  return (
    <section aria-label={severity} className="rounded-control border-line grid gap-3 border p-3">
      <h3 className="flex items-center gap-2 font-medium">
        <SeverityChip severity={severity} /> that nobody acknowledges
      </h3>
      <div className="grid gap-3 lg:grid-cols-[1fr_minmax(220px,20rem)]">
        <div className="grid min-w-0 content-start gap-3">
          <ol className="grid gap-3">
            {fields.map(({ id }, at) => (
              <li key={id} className="border-line-soft grid gap-2 border-l-2 pl-3">
                <div className="flex items-center gap-1">
                  <h4 className="text-dim mr-auto">Step {at + 1}</h4>
                  <MoveButtons
                    what={`step ${at + 1} of ${severity}`}
                    at={at}
                    count={fields.length}
                    onMove={(to) => move(at, to)}
                  />
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={`Remove step ${at + 1} of ${severity}`}
                    onClick={() => remove(at)}
                  >
                    <X size={14} aria-hidden="true" />
                  </Button>
                </div>
                {choices.length > 0 && (
                  <ChipsField
                    name={`${path}.steps.${at}.rotations`}
                    label="Whoever is on call by"
                    none="No rotation"
                    choices={choices}
                  />
                )}
                <ChannelChoice name={`${path}.steps.${at}.channels`} channels={channels} />
              </li>
            ))}
          </ol>
          <Button
            className="justify-self-start"
            aria-label={`Add a step to ${severity}`}
            disabled={fields.length >= MOST_STEPS}
            onClick={() => append({ rotations: [], channels: [] })}
          >
            <Plus size={13} aria-hidden="true" />
            Add a step
          </Button>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              name={`${path}.everyMinutes`}
              label="Minutes between steps"
              type="number"
              min={1}
              max={10_080}
            />
            <TextField name={`${path}.rounds`} label="Rounds" type="number" min={1} max={20} />
          </div>
        </div>
        <EscalationLadder severity={severity} channels={channels} />
      </div>
    </section>
  );
}
