"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm, useFormState, useWatch, type Resolver } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { addEntry } from "#lib/client/slo-entries.queries.ts";
import { needsSecondPerson } from "#lib/domain/slo/entries/entry-rules.ts";
import { useNow } from "#components/shell/clock.ts";
import { useMe } from "#components/shell/me.tsx";
import { usePreferences } from "#components/shell/preferences.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { EntryFields } from "./entry-fields.tsx";
import {
  ENTRY_KINDS,
  entryFieldErrors,
  readEntryForm,
  type EntryField,
  type EntryForm,
} from "./entry-form.ts";
import { MEANING_OF_KIND, WORD_OF_KIND } from "./entry-words.ts";

const KINDS = ENTRY_KINDS.map((value) => ({ value, label: WORD_OF_KIND[value] }));

function resolverOf(viewerZone: string): Resolver<EntryForm> {
  return (form) => {
    const { errors } = readEntryForm(form, viewerZone, Date.now());
    if (errors === null) return { values: form, errors: {} };
    const shown = Object.entries(errors).map(([field, message]) => [field, { type: "validate", message }]);
    return { values: {}, errors: Object.fromEntries(shown) };
  };
}

interface EntryDialogProps {
  sloId: string;
  onAdded: () => void;
  onClose: () => void;
}

/** Adds an entry to the ledger of an SLO. What was typed stays when the server refuses. */
export function EntryDialog({ sloId, onAdded, onClose }: EntryDialogProps) {
  const viewerZone = usePreferences().preferences.timeZone;
  const { register, handleSubmit, control, setError } = useForm<EntryForm>({
    defaultValues: {
      ...{ kind: "exclusion", from: "", to: "", durationMinutes: "60", rule: "FREQ=WEEKLY;BYDAY=SU" },
      ...{ zone: viewerZone, badDelta: "", totalDelta: "0", reason: "" },
    },
    mode: "onTouched",
    resolver: resolverOf(viewerZone),
  });
  const { errors } = useFormState({ control });
  const form = useWatch({ control }) as EntryForm;
  const mutation = useMutation({
    mutationFn: async (typed: EntryForm) => {
      const { fact } = readEntryForm(typed, viewerZone, Date.now());
      if (fact) await addEntry(sloId, fact);
    },
    onSuccess: () => {
      onAdded();
      onClose();
    },
    onError: (error) => {
      for (const [field, message] of Object.entries(entryFieldErrors(problemOf(error))))
        setError(field as EntryField, { type: "server", message });
    },
  });
  const submit = handleSubmit((typed) => mutation.mutate(typed));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Add to the ledger">
      <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-3">
        {mutation.error && (
          <div role="alert" className="rounded-control border-warning border px-3 py-2">
            <p className="font-medium">{problemOf(mutation.error).title}</p>
            <p className="text-dim break-words">{problemOf(mutation.error).detail}</p>
          </div>
        )}
        <Field label="What" hint={MEANING_OF_KIND[form.kind]}>
          {(field) => <Select choices={KINDS} {...field} {...register("kind")} />}
        </Field>
        <EntryFields kind={form.kind} viewerZone={viewerZone} register={register} errors={errors} />
        <Consequence form={form} viewerZone={viewerZone} />
        <div className="border-line-soft bg-panel sticky -bottom-4 -mx-4 mt-1 -mb-4 flex justify-end gap-2 border-t px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={mutation.isPending}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What becomes of the entry once it is added. */
function Consequence({ form, viewerZone }: { form: EntryForm; viewerZone: string }) {
  const me = useMe();
  const nowMs = useNow();
  const { fact } = readEntryForm(form, viewerZone, nowMs ?? 0);
  if (nowMs === null || !fact) return null;
  const waits = needsSecondPerson(fact, me, nowMs);
  return (
    <p className="text-dim" role="status">
      {waits
        ? "It waits until a second person, a product owner or an admin, has agreed."
        : "It is in force at once."}
    </p>
  );
}
