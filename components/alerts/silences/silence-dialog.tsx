"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useForm, useFormState, useWatch, type Resolver } from "react-hook-form";
import { ALERTS_KEY } from "#lib/client/alerts.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import { createSilence, silencePreviewQuery } from "#lib/client/silences.queries.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { readMatchers } from "#lib/domain/alerts/label-filter.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { SILENCE_HOURS, silenceFieldOf, toSilence, type SilenceForm } from "./silence-form.ts";

const resolver: Resolver<SilenceForm> = (values) => {
  const { errors } = toSilence(values, Date.now());
  if (errors === null) return { values, errors: {} };
  const shown = Object.entries(errors).map(([field, message]) => [field, { type: "validate", message }]);
  return { values: {}, errors: Object.fromEntries(shown) };
};

/** A silence begins when it is asked for. */
const requestOf = (form: SilenceForm) => toSilence(form, Date.now()).wanted;

interface SilenceDialogProps {
  /** Matchers to begin with. */
  matchers: string;
  onClose: () => void;
}

/** Silences alerts; shows first which ones. What was typed stays when the server refuses. */
export function SilenceDialog({ matchers, onClose }: SilenceDialogProps) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const { register, handleSubmit, control, setError } = useForm<SilenceForm>({
    defaultValues: { matchers, hours: "2", reason: "" },
    mode: "onTouched",
    resolver,
  });
  const { errors, isSubmitting } = useFormState({ control });
  const typed = useDeferredValue(useWatch({ control, name: "matchers" }));
  const submit = handleSubmit(async (form) => {
    const wanted = requestOf(form);
    if (wanted === null) return;
    try {
      await createSilence(wanted);
      void client.invalidateQueries({ queryKey: [ALERTS_KEY] });
      onClose();
    } catch (error) {
      const refused = problemOf(error);
      setProblem(refused);
      for (const { path, message } of refused.errors ?? []) {
        const field = silenceFieldOf(path);
        if (field) setError(field, { type: "server", message });
      }
    }
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Silence alerts">
      <form noValidate className="grid gap-3" onSubmit={(event) => void submit(event)}>
        {problem && <ProblemNotice problem={problem} />}
        <Field
          label="Matchers"
          hint='As in service="checkout", severity=~"warning|info"'
          error={errors.matchers?.message}
        >
          {(field) => <Input {...field} className="w-full font-mono" {...register("matchers")} />}
        </Field>
        <Preview text={typed} />
        <Field label="For" error={errors.hours?.message}>
          {(field) => <Select {...field} choices={SILENCE_HOURS} {...register("hours")} />}
        </Field>
        <Field label="Reason" hint="Kept with your name" error={errors.reason?.message}>
          {(field) => <Input {...field} {...register("reason")} />}
        </Field>
        <div className="border-line-soft bg-panel sticky -bottom-4 -mx-4 mt-1 -mb-4 flex justify-end gap-2 border-t px-4 py-3">
          <Button className="max-sm:h-10" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" className="max-sm:h-10" disabled={isSubmitting}>
            Silence
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The firing alerts that it would keep quiet, as Alertmanager reads the matchers. */
function Preview({ text }: { text: string }) {
  const read = readMatchers(text);
  const matchers = "matchers" in read ? read.matchers : [];
  const { data, error } = useQuery({ ...silencePreviewQuery(matchers), enabled: matchers.length > 0 });
  if (matchers.length === 0) return null;
  if (error) return <p className="text-warning break-words">{problemOf(error).detail}</p>;
  if (!data) return <p className="text-faint">Looking what it would silence</p>;
  return (
    <section aria-label="What it would silence" className="text-dim" aria-live="polite">
      <p>
        {data.count === 0
          ? "No alert that fires now matches: it silences what is to come."
          : `Silences ${countOf(data.count, "firing alert")}:`}
      </p>
      <ul className="text-small mt-1 max-h-32 overflow-y-auto">
        {data.alerts.map(({ fingerprint, name, summary }) => (
          <li key={fingerprint} className="break-words">
            <span className="text-ink">{name}</span> {summary}
          </li>
        ))}
      </ul>
    </section>
  );
}
