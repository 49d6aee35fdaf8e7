"use client";

import { useId } from "react";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { DraftProps } from "./draft.ts";
import { NumberField } from "./number-field.tsx";
import { HOUR_LABELS, ZONE_LABEL } from "./policy-labels.ts";

const PATH = ["risk", "weights", "attendedHours"] as const;
const HOURS = ["from", "until", "fridayUntil"] as const;
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone")];

/** The hours in which people are there to notice, and on which clock. */
export function AttendedHours({ draft, problems, disabled, onChange }: DraftProps) {
  const hours = draft.risk.weights.attendedHours;
  const zonesId = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="text-dim mb-1.5">Hours in which people are there</legend>
      <div className="grid max-w-160 grid-cols-2 items-start gap-3 sm:grid-cols-4">
        {HOURS.map((key) => (
          <NumberField
            key={key}
            label={HOUR_LABELS[key]}
            value={hours[key]}
            error={problems.get([...PATH, key].join("."))}
            disabled={disabled}
            onChange={(value) => onChange([...PATH, key], value)}
          />
        ))}
        <Field label={ZONE_LABEL} error={problems.get([...PATH, "zone"].join("."))}>
          {(field) => (
            <Input
              {...field}
              list={zonesId}
              spellCheck={false}
              autoComplete="off"
              disabled={disabled}
              value={hours.zone}
              onChange={({ target }) => onChange([...PATH, "zone"], target.value)}
            />
          )}
        </Field>
      </div>
      <datalist id={zonesId}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </fieldset>
  );
}
