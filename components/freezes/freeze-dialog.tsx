"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type Control,
  useController,
  useForm,
  useFormState,
  type UseFormReturn,
  useWatch,
} from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { declareFreeze, FREEZES_KEY } from "#lib/client/freezes.queries.ts";
import { serviceNames } from "#lib/client/names.queries.ts";
import type { CreateFreeze } from "#lib/contracts/freezes.ts";
import { TIERS } from "#lib/domain/catalogue/vocabulary.ts";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { ChoiceChips } from "#components/ui/choice-chips.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import {
  type FreezeForm,
  freezeFieldOf,
  presetForm,
  PRESETS,
  type Preset,
  toFreeze,
  WORD_OF_PRESET,
} from "./freeze-form.ts";

type Form = UseFormReturn<FreezeForm>;
const choiceOf = (name: string) => ({ value: name, label: name });

function useFreezeForm(nowMs: number, zone: string): Form {
  return useForm<FreezeForm>({
    defaultValues: { ...presetForm("once", nowMs, zone), services: [], tiers: [] },
    mode: "onTouched",
    resolver: (values) => {
      const { errors } = toFreeze(values);
      if (errors === null) return { values, errors: {} };
      const shown = Object.entries(errors).map(([field, message]) => [field, { type: "validate", message }]);
      return { values: {}, errors: Object.fromEntries(shown) };
    },
  });
}

/** Declares when nothing goes out. What was typed stays when the server refuses. */
export function FreezeDialog({ nowMs, onClose }: { nowMs: number; onClose: () => void }) {
  const { timeZone } = usePreferences().preferences;
  const client = useQueryClient();
  const form = useFreezeForm(nowMs, timeZone);
  const { register, handleSubmit, setError, control, setValue, clearErrors, getValues } = form;
  const { errors } = useFormState({ control });
  const declare = useMutation({
    mutationFn: (wanted: CreateFreeze) => declareFreeze(wanted),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [FREEZES_KEY] });
      onClose();
    },
    onError: (error) => {
      for (const { path, message } of problemOf(error).errors ?? []) {
        const field = freezeFieldOf(path);
        if (field) setError(field, { type: "server", message });
      }
    },
  });
  const submit = handleSubmit((values) => {
    const { wanted } = toFreeze(values);
    if (wanted) declare.mutate(wanted);
  });
  const take = (preset: Preset) => {
    const { reason, services, tiers } = getValues();
    const filled: FreezeForm = { ...presetForm(preset, nowMs, timeZone), reason, services, tiers };
    // Field by field: a reset would take back what is typed before the next drawing.
    for (const field of Object.keys(filled) as (keyof FreezeForm)[]) setValue(field, filled[field]);
    clearErrors();
  };
  return (
    <FormDialog
      title="Declare a freeze"
      submit="Declare"
      pending={declare.isPending}
      problem={declare.error && problemOf(declare.error)}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <div role="group" aria-label="Begin with" className="flex flex-wrap gap-1.5">
        {PRESETS.map((preset) => (
          <Button key={preset} onClick={() => take(preset)}>
            {WORD_OF_PRESET[preset]}
          </Button>
        ))}
      </div>
      <Field label="Name" error={errors.name?.message}>
        {(field) => <Input {...field} {...register("name")} />}
      </Field>
      <WhenFields form={form} />
      <WhomFields control={control} />
      <Field
        label="Reason"
        hint="Kept with your name; releases that are held back show it"
        error={errors.reason?.message}
      >
        {(field) => <Input {...field} {...register("reason")} />}
      </Field>
    </FormDialog>
  );
}

function WhenFields({ form: { register, control } }: { form: Form }) {
  const { errors } = useFormState({ control });
  const kind = useWatch({ control, name: "kind" });
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      {kind === "once" ? (
        <>
          <Field label="From" error={errors.from?.message}>
            {(field) => <Input {...field} type="datetime-local" {...register("from")} />}
          </Field>
          <Field label="To" error={errors.to?.message}>
            {(field) => <Input {...field} type="datetime-local" {...register("to")} />}
          </Field>
        </>
      ) : (
        <>
          <Field label="Rule" hint="RFC 5545, as in FREQ=WEEKLY;BYDAY=FR" error={errors.rule?.message}>
            {(field) => <Input {...field} className="w-full font-mono" {...register("rule")} />}
          </Field>
          <Field label="First time" error={errors.startsAt?.message}>
            {(field) => <Input {...field} type="datetime-local" {...register("startsAt")} />}
          </Field>
          <Field label="Hours" error={errors.hours?.message}>
            {(field) => <Input {...field} inputMode="decimal" {...register("hours")} />}
          </Field>
        </>
      )}
      <Field label="Time zone" hint="The wall clock it runs on" error={errors.zone?.message}>
        {(field) => <Input {...field} {...register("zone")} />}
      </Field>
    </div>
  );
}

function WhomFields({ control }: { control: Control<FreezeForm> }) {
  const names = useQuery(serviceNames());
  const services = useController({ control, name: "services" });
  const tiers = useController({ control, name: "tiers" });
  const all = "None chosen: it holds for every service.";
  const some = tiers.field.value.length > 0;
  return (
    <>
      <ChoiceChips
        label="Services"
        none={some ? "" : all}
        choices={(names.data ?? []).map(choiceOf)}
        chosen={services.field.value}
        error={services.fieldState.error?.message}
        onChange={services.field.onChange}
      />
      <ChoiceChips
        label="Tiers"
        none=""
        choices={TIERS.map(choiceOf)}
        chosen={tiers.field.value}
        error={tiers.fieldState.error?.message}
        onChange={tiers.field.onChange}
      />
    </>
  );
}
