"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm, useFormState } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { patchPerson } from "#lib/client/people.queries.ts";
import { PatchPerson, Person } from "#lib/contracts/access.ts";
import type { Role } from "#lib/domain/access/permissions.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Check, FormActions, FormProblem } from "./form-parts.tsx";
import { contractResolver, showFieldErrors } from "./form-resolver.ts";
import { RoleChecks } from "./role-checks.tsx";

interface EditForm {
  name: string;
  roles: Role[];
  disabled: boolean;
}

const toForm = ({ name, roles, disabled }: Person): EditForm => ({ name, roles, disabled });

interface EditPersonDialogProps {
  person: Person;
  isSelf: boolean;
  onSaved: () => void;
  onClose: () => void;
}

/** Edits a person. What was typed stays when the server refuses; a conflict can be saved again. */
export function EditPersonDialog({ person, isSelf, onSaved, onClose }: EditPersonDialogProps) {
  const [base, setBase] = useState(person);
  const { register, handleSubmit, control, setError, reset } = useForm<EditForm>({
    defaultValues: toForm(person),
    mode: "onTouched",
    resolver: contractResolver(PatchPerson, (form) => ({ person: base.id, version: base.version, ...form })),
  });
  const { errors, isDirty } = useFormState({ control });
  const mutation = useMutation({
    mutationFn: (form: EditForm) => patchPerson({ person: base.id, version: base.version, ...form }),
    onSuccess: () => {
      onSaved();
      onClose();
    },
    onError: (error) => {
      const problem = problemOf(error);
      const current = Person.safeParse(problem.current);
      if (current.success) {
        setBase(current.data);
        reset(toForm(current.data), { keepDirtyValues: true });
      }
      showFieldErrors(problem, setError);
    },
  });
  const submit = handleSubmit((form) => mutation.mutate(form));
  const problem = mutation.error && problemOf(mutation.error);

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Edit a person">
      <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-3">
        <FormProblem problem={problem}>
          {problem?.code === "conflict" && (
            <p className="text-dim mt-1">What you changed is kept. Saving again puts it on top.</p>
          )}
        </FormProblem>
        <Field label="Name" error={errors.name?.message}>
          {(field) => <Input autoComplete="off" {...field} {...register("name")} />}
        </Field>
        <RoleChecks input={register("roles")} error={errors.roles?.message} />
        {!isSelf && (
          <Check
            label="Disabled"
            meaning="Signed out at once; cannot sign in, and their API tokens are refused, until this is unticked"
            {...register("disabled")}
          />
        )}
        {errors.disabled && <p className="text-small text-critical">{errors.disabled.message}</p>}
        <FormActions submit="Save" disabled={!isDirty || mutation.isPending} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
