"use client";

import { useState } from "react";
import { useForm, useFormState } from "react-hook-form";
import { putAuditSink } from "#lib/client/audit.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import { type AuditSink, PutAuditSink } from "#lib/contracts/audit.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

interface SinkFormProps {
  sink: AuditSink | null;
  onSaved: (sink: AuditSink) => void;
  onCancel: () => void;
}
interface Fields {
  url: string;
  secret: string;
}

/** What the form says, or what is wrong with each of its fields. */
function parse({ url, secret }: Fields, isNew: boolean) {
  const parsed = PutAuditSink.safeParse({ url: url.trim(), ...(secret !== "" && { secret }) });
  const errors = Object.fromEntries(
    (parsed.error?.issues ?? []).map(({ path, message }) => [String(path[0]), { type: "validate", message }]),
  );
  if (isNew && secret === "")
    errors["secret"] = { type: "validate", message: "needed: it signs what is sent" };
  return { values: parsed.data, errors };
}

/** Sets where records go. The secret can be written and never read; left empty, the one that is set stays. */
export function SinkForm({ sink, onSaved, onCancel }: SinkFormProps) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const { register, handleSubmit, control, setError } = useForm<Fields>({
    defaultValues: { url: sink?.url ?? "", secret: "" },
    mode: "onTouched",
    resolver: (fields) => {
      const { errors } = parse(fields, sink === null);
      return Object.keys(errors).length === 0 ? { values: fields, errors: {} } : { values: {}, errors };
    },
  });
  const { errors, isSubmitting } = useFormState({ control });
  const submit = handleSubmit(async (fields) => {
    const { values } = parse(fields, sink === null);
    if (!values) return;
    try {
      onSaved(await putAuditSink(values));
    } catch (error) {
      const refused = problemOf(error);
      const named = (refused.errors ?? []).filter(({ path }) => path === "url" || path === "secret");
      for (const { path, message } of named) setError(path as keyof Fields, { type: "server", message });
      setProblem(named.length > 0 ? null : refused);
    }
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mt-3 grid max-w-xl gap-3">
      {problem && (
        <div role="alert" className="rounded-control border-warning border px-3 py-2">
          <p className="font-medium">{problem.title}</p>
          <p className="text-dim">{problem.detail}</p>
        </div>
      )}
      <Field
        label="Address"
        hint="An http or https address; redirects are not followed"
        error={errors.url?.message}
      >
        {(control) => <Input {...control} type="url" autoComplete="off" {...register("url")} />}
      </Field>
      <Field
        label="Secret"
        hint={
          sink
            ? "Empty: the one that is set stays"
            : "At least 16 characters; the receiver checks signatures with it"
        }
        error={errors.secret?.message}
      >
        {(control) => (
          <Input {...control} type="password" autoComplete="new-password" {...register("secret")} />
        )}
      </Field>
      <div className="flex gap-2">
        <Button variant="primary" type="submit" disabled={isSubmitting}>
          Save
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
