"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm, useFormState } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { createPerson } from "#lib/client/people.queries.ts";
import { CreatePerson } from "#lib/contracts/access.ts";
import type { Role } from "#lib/domain/access/permissions.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { FirstPassword } from "./first-password.tsx";
import { FormActions, FormProblem } from "./form-parts.tsx";
import { contractResolver, showFieldErrors } from "./form-resolver.ts";
import { RoleChecks } from "./role-checks.tsx";

interface PersonForm {
  name: string;
  email: string;
  roles: Role[];
  password: string;
}

const EMPTY: PersonForm = { name: "", email: "", roles: ["viewer"], password: "" };

function toInput({ name, email, roles, password }: PersonForm): CreatePerson {
  return { name, email: email.trim(), roles, ...(password !== "" && { password }) };
}

/** Adds a person, then shows the first password once. What was typed stays when the server refuses. */
export function CreatePersonDialog({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }) {
  const { register, handleSubmit, control, setError } = useForm<PersonForm>({
    defaultValues: EMPTY,
    mode: "onTouched",
    resolver: contractResolver(CreatePerson, toInput),
  });
  const { errors } = useFormState({ control });
  const mutation = useMutation({
    mutationFn: (form: PersonForm) => createPerson(toInput(form)),
    onSuccess: onCreated,
    onError: (error) => showFieldErrors(problemOf(error), setError),
  });
  const submit = handleSubmit((form) => mutation.mutate(form));

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={mutation.isSuccess ? "First password" : "Add a person"}
    >
      {mutation.isSuccess ? (
        <FirstPassword name={mutation.data.person.name} password={mutation.data.password} onClose={onClose} />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-3">
          <FormProblem problem={mutation.error && problemOf(mutation.error)} />
          <Field label="Name" error={errors.name?.message}>
            {(field) => <Input autoComplete="off" {...field} {...register("name")} />}
          </Field>
          <Field label="E-mail" hint="What they sign in with" error={errors.email?.message}>
            {(field) => (
              <Input type="email" autoComplete="off" spellCheck={false} {...field} {...register("email")} />
            )}
          </Field>
          <RoleChecks input={register("roles")} error={errors.roles?.message} />
          <Field
            label="First password"
            hint="Empty: one is made. Either way it is shown once and must be changed on first use"
            error={errors.password?.message}
          >
            {(field) => <Input autoComplete="off" spellCheck={false} {...field} {...register("password")} />}
          </Field>
          <FormActions submit="Add" disabled={mutation.isPending} onCancel={onClose} />
        </form>
      )}
    </Dialog>
  );
}
