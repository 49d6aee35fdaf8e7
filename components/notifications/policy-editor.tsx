"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type FieldValues, FormProvider, useForm, useFormState } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { putPolicy } from "#lib/client/notifications.queries.ts";
import type { Channel } from "#lib/contracts/notifications.ts";
import { Policy } from "#lib/contracts/on-call.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { Refusal } from "./card.tsx";
import { PolicyConflict } from "./policy-conflict.tsx";
import { PolicyFields } from "./policy-fields.tsx";
import {
  errorsOf,
  issuesIn,
  issuesOfRefusal,
  type PolicyForms,
  toPolicyDocument,
  toPolicyForm,
} from "./policy-form.ts";

interface PolicyEditorProps {
  title: string;
  policy: Policy;
  channels: readonly Channel[];
  onSaved: (policy: Policy) => void;
  onClose: () => void;
}

type AnyForm = PolicyForms[Policy["kind"]];

/** Edits a document. What was typed stays when the server refuses; somebody else's version is shown and can be saved upon. */
export function PolicyEditor({ title, policy, channels, onSaved, onClose }: PolicyEditorProps) {
  const { kind } = policy;
  const [base, setBase] = useState(policy);
  const [refusal, setRefusal] = useState<{ problem: Problem; before: Policy | null } | null>(null);
  const form = useForm<FieldValues>({
    defaultValues: toPolicyForm(kind, policy.document),
    resolver: (values) => {
      const issues = issuesIn(kind, values as AnyForm);
      return issues.length === 0 ? { values, errors: {} } : { values: {}, errors: errorsOf(issues) };
    },
  });
  const { handleSubmit, setError, reset, control } = form;
  const { errors, isDirty } = useFormState({ control });
  const mutation = useMutation({
    mutationFn: (values: FieldValues) =>
      putPolicy(kind, base.version, toPolicyDocument(kind, values as AnyForm)),
    onSuccess: (saved) => {
      onSaved(saved);
      onClose();
    },
    onError: (error, values) => {
      const problem = problemOf(error);
      const current = Policy.safeParse(problem.current);
      setRefusal({ problem, before: current.success ? base : null });
      if (current.success) setBase(current.data);
      const issues = issuesOfRefusal(kind, problem, values as AnyForm);
      for (const { field, message } of issues) setError(field, { type: "server", message });
    },
  });
  const submit = handleSubmit((values) => {
    setRefusal(null);
    mutation.mutate(values);
  });
  const take = () => {
    reset(toPolicyForm(kind, base.document));
    setRefusal(null);
  };
  return (
    <FormProvider {...form}>
      <form
        aria-label={`Change ${title.toLowerCase()}`}
        noValidate
        className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3"
        onSubmit={(event) => void submit(event)}
      >
        {refusal?.before && (
          <PolicyConflict before={refusal.before} now={base} channels={channels} onTake={take} />
        )}
        {refusal && !refusal.before && <Refusal {...refusal.problem} />}
        <PolicyFields kind={kind} channels={channels} />
        <SaveBar
          refused={errors.root?.message}
          wrong={Object.keys(errors).length > 0}
          changed={isDirty || base.version === 0}
          pending={mutation.isPending}
          save={refusal?.before ? `Save upon version ${base.version}` : "Save"}
          onClose={onClose}
        />
      </form>
    </FormProvider>
  );
}

interface SaveBarProps {
  /** What is wrong with the whole. */
  refused: string | undefined;
  wrong: boolean;
  changed: boolean;
  pending: boolean;
  save: string;
  onClose: () => void;
}

function SaveBar({ refused, wrong, changed, pending, save, onClose }: SaveBarProps) {
  const words = wrong ? "Not all fields are right yet" : "Nothing changed yet";
  return (
    <footer className="border-line-soft bg-panel sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t px-4 py-2.5 max-sm:bottom-14">
      <p role="status" className={`text-small mr-auto ${wrong ? "text-critical" : "text-faint"}`}>
        {refused ?? (wrong || !changed ? words : "")}
      </p>
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="primary" type="submit" disabled={pending || !changed}>
        {save}
      </Button>
    </footer>
  );
}
