"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useForm, useFormState } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { agreeSpending, FREEZES_KEY } from "#lib/client/freezes.queries.ts";
import { serviceNames } from "#lib/client/names.queries.ts";
import { AgreeSpending } from "#lib/contracts/spending.ts";
import { MOST_SPENDING_DAYS } from "#lib/domain/gate/spending.ts";
import { FormDialog } from "#components/shell/form-dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

interface SpendingForm {
  service: string;
  percent: string;
  days: string;
  reason: string;
}

const FIELD_OF = {
  service: "service",
  amountRatio: "percent",
  expiresAt: "days",
  reason: "reason",
} as const satisfies Record<keyof AgreeSpending, keyof SpendingForm>;
const DAY_MS = 86_400_000;
const DAYS = [1, 3, 7, 14, MOST_SPENDING_DAYS];
/** The server's clock may run behind ours: the longest is a minute short. */
const SLACK_MS = 60_000;

const fieldOf = (path: string) => FIELD_OF[path as keyof typeof FIELD_OF];

function read({ service, percent, days, reason }: SpendingForm, nowMs: number) {
  const expiresAt = new Date(nowMs + Number(days) * DAY_MS - SLACK_MS).toISOString();
  const amountRatio = percent.trim() === "" ? NaN : Number(percent) / 100;
  return AgreeSpending.safeParse({ service, amountRatio, reason, expiresAt });
}

/** Agrees that more of a service's budget is spent. What was typed stays when the server refuses. */
export function SpendingDialog({ nowMs, onClose }: { nowMs: number; onClose: () => void }) {
  const client = useQueryClient();
  const names = useQuery(serviceNames());
  const { register, handleSubmit, setError, control } = useForm<SpendingForm>({
    defaultValues: { service: "", percent: "25", days: "7", reason: "" },
    mode: "onTouched",
    resolver: (values) => {
      const parsed = read(values, nowMs);
      if (parsed.success) return { values, errors: {} };
      const shown = parsed.error.issues.map(({ path, message }) => [
        fieldOf(String(path[0])),
        { type: "validate", message },
      ]);
      return { values: {}, errors: Object.fromEntries(shown) };
    },
  });
  const { errors } = useFormState({ control });
  const agree = useMutation({
    mutationFn: (wanted: AgreeSpending) => agreeSpending(wanted),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [FREEZES_KEY] });
      onClose();
    },
    onError: (error) => {
      for (const { path, message } of problemOf(error).errors ?? [])
        setError(fieldOf(path), { type: "server", message });
    },
  });
  const submit = handleSubmit((values) => {
    const { data } = read(values, nowMs);
    if (data) agree.mutate(data);
  });
  const services = [
    { value: "", label: "Choose a service" },
    ...(names.data ?? []).map((name) => ({ value: name, label: name })),
  ];
  return (
    <FormDialog
      title="Agree to spend more"
      submit="Agree"
      pending={agree.isPending}
      problem={agree.error && problemOf(agree.error)}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Field label="Service" error={errors.service?.message}>
        {(field) => <Select {...field} choices={services} {...register("service")} />}
      </Field>
      <Field label="Per cent of its budget" hint="On top of what is left" error={errors.percent?.message}>
        {(field) => <Input {...field} inputMode="decimal" {...register("percent")} />}
      </Field>
      <Field label="For" error={errors.days?.message}>
        {(field) => (
          <Select
            {...field}
            choices={DAYS.map((days) => ({
              value: String(days),
              label: days === 1 ? "1 day" : `${days} days`,
            }))}
            {...register("days")}
          />
        )}
      </Field>
      <Field label="Reason" hint="Kept with your name" error={errors.reason?.message}>
        {(field) => <Input {...field} {...register("reason")} />}
      </Field>
    </FormDialog>
  );
}
