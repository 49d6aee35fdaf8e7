"use client";

import { useState } from "react";
import { useForm, useFormState, useWatch, type Resolver } from "react-hook-form";
import { saveCatalogue } from "#lib/client/catalogue.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import { CatalogueService } from "#lib/contracts/catalogue.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { CatalogueFields } from "./catalogue-fields.tsx";
import {
  changedFields,
  changesBetween,
  fieldErrors,
  LABELS,
  toForm,
  toPatch,
  type CatalogueForm,
  type FormField,
} from "./catalogue-form.ts";

interface CatalogueDialogProps {
  entry: CatalogueService;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: (entry: CatalogueService) => void;
}

const ALL_FIELDS = Object.keys(LABELS) as FormField[];
const resolver: Resolver<CatalogueForm> = (values) => {
  const { errors } = toPatch(values, ALL_FIELDS, 1);
  if (errors === null) return { values, errors: {} };
  const shown = Object.entries(errors).map(([field, message]) => [field, { type: "validate", message }]);
  return { values: {}, errors: Object.fromEntries(shown) };
};

/** Why the server refused; `before` is the entry that the edit began from when somebody changed it meanwhile. */
interface Refusal {
  problem: Problem;
  before: CatalogueService | null;
}

/** Edits a catalogue entry. What was typed stays when the server refuses; a conflict can be saved again. */
export function CatalogueDialog({ entry, open, onOpenChange, onSaved }: CatalogueDialogProps) {
  const [base, setBase] = useState(entry);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { register, handleSubmit, control, setError, reset } = useForm<CatalogueForm>({
    defaultValues: toForm(entry),
    mode: "onTouched",
    resolver,
  });
  const { errors, isSubmitting } = useFormState({ control });
  const changed = changedFields(useWatch({ control }), base);

  const refuse = (problem: Problem) => {
    const current = CatalogueService.safeParse(problem.current);
    setRefusal({ problem, before: current.success ? base : null });
    if (current.success) {
      setBase(current.data);
      reset(toForm(current.data), { keepDirtyValues: true });
    }
    for (const [field, message] of Object.entries(fieldErrors(problem.errors ?? []))) {
      setError(field as FormField, { type: "server", message });
    }
  };
  const submit = handleSubmit(async (form) => {
    const { patch } = toPatch(form, changedFields(form, base), base.version);
    if (patch === null) return;
    try {
      onSaved(await saveCatalogue(entry.name, patch));
      onOpenChange(false);
    } catch (error) {
      refuse(problemOf(error));
    }
  });

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Edit ${entry.name}`}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {refusal && <RefusalNotice refusal={refusal} now={base} />}
        <CatalogueFields register={register} errors={errors} />
        <div className="border-line-soft bg-panel sticky -bottom-4 -mx-4 mt-4 -mb-4 flex items-center justify-end gap-2 border-t px-4 py-3">
          <span className="text-small text-faint mr-auto">
            {changed.length === 0
              ? "Nothing changed yet"
              : `Changes ${changed.map((field) => LABELS[field]).join(", ")}`}
          </span>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" type="submit" disabled={isSubmitting || changed.length === 0}>
            {refusal?.before ? `Save on version ${base.version}` : "Save"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RefusalNotice({ refusal: { problem, before }, now }: { refusal: Refusal; now: CatalogueService }) {
  return (
    <div role="alert" className="rounded-control border-warning mb-4 border px-3 py-2">
      <p className="font-medium">{problem.title}</p>
      <p className="text-dim">{problem.detail}</p>
      {before && (
        <>
          <ul className="text-dim mt-1">
            {changesBetween(before, now).map(([field, was, is]) => (
              <li key={field} className="break-words">
                {LABELS[field]}: {was || "not set"} → <span className="text-ink">{is || "not set"}</span>
              </li>
            ))}
          </ul>
          <p className="text-dim mt-1">
            What you typed is kept. Saving again puts it on top of these changes.
          </p>
        </>
      )}
    </div>
  );
}
