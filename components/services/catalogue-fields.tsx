import type { FieldErrors, UseFormRegister } from "react-hook-form";
import { METRIC_PRESET_NAMES } from "#lib/domain/signals/presets.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select, type Choice } from "#components/ui/select.tsx";
import { LABELS, type CatalogueForm, type FormField } from "./catalogue-form.ts";
import { KIND_CHOICES, TIER_CHOICES, WORD_OF_PRESET } from "./service-words.ts";

interface CatalogueFieldsProps {
  register: UseFormRegister<CatalogueForm>;
  errors: FieldErrors<CatalogueForm>;
}

const CHOICES: Partial<Record<FormField, readonly Choice[]>> = {
  tier: [{ value: "", label: "not set" }, ...TIER_CHOICES],
  kind: KIND_CHOICES,
  metricPreset: METRIC_PRESET_NAMES.map((value) => ({ value, label: WORD_OF_PRESET[value] })),
};
const HINTS: Partial<Record<FormField, string>> = {
  repository: "An http or https address",
  nodes: "Separated by commas",
  dependencies: "Services it calls, separated by commas",
  latencyP99Ms: "Empty: what its tier says",
  trafficBaselinePerSecond: "Empty: the median of four weeks",
  errorWarningPercent: "Empty: 1 %",
  errorCriticalPercent: "Empty: 5 %",
};
const NUMBERS: ReadonlySet<FormField> = new Set([
  "latencyP99Ms",
  "trafficBaselinePerSecond",
  "errorWarningPercent",
  "errorCriticalPercent",
]);
const WHOLE_WIDTH: ReadonlySet<FormField> = new Set(["repository", "nodes", "dependencies"]);

/** The fields of a catalogue entry, in pairs on a desk and one below the other on a phone. */
export function CatalogueFields({ register, errors }: CatalogueFieldsProps) {
  return (
    <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
      {(Object.keys(LABELS) as FormField[]).map((field) => (
        <Field
          key={field}
          label={LABELS[field]}
          hint={HINTS[field]}
          error={errors[field]?.message}
          className={WHOLE_WIDTH.has(field) ? "sm:col-span-2" : ""}
        >
          {(control) => {
            const choices = CHOICES[field];
            if (choices) return <Select choices={choices} {...control} {...register(field)} />;
            const inputMode = NUMBERS.has(field) ? "decimal" : undefined;
            return <Input autoComplete="off" inputMode={inputMode} {...control} {...register(field)} />;
          }}
        </Field>
      ))}
    </div>
  );
}
