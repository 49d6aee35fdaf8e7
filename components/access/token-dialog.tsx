"use client";

import { useMutation } from "@tanstack/react-query";
import { FormProvider, useForm, useFormState } from "react-hook-form";
import { problemOf } from "#lib/client/fetch-json.ts";
import { createToken } from "#lib/client/tokens.queries.ts";
import { CreateToken, type LabelMatcher } from "#lib/contracts/access.ts";
import { covers, type Role, SCOPES, type Scope } from "#lib/domain/access/permissions.ts";
import { useMe } from "#components/shell/me.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Check, CheckGroup, FormActions, FormProblem } from "./form-parts.tsx";
import { contractResolver, showFieldErrors } from "./form-resolver.ts";
import { MatcherFields, type MatchersForm } from "./matcher-fields.tsx";
import { NewToken } from "./new-token.tsx";
import { ROLE_CHOICES, WORDS_OF_SCOPE } from "./role-words.ts";

interface TokenForm extends MatchersForm {
  name: string;
  role: Role;
  scopes: Scope[];
  /** Days as a select holds them; "never" for none. */
  expires: string;
  matchers: LabelMatcher[];
}

const EMPTY: TokenForm = { name: "", role: "viewer", scopes: ["read"], expires: "90", matchers: [] };
const LIFETIMES = [
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: "never", label: "never" },
];

function toInput({ expires, ...form }: TokenForm): CreateToken {
  return { ...form, expiresInDays: expires === "never" ? null : Number(expires) };
}

/** Makes a token, then shows its secret once. What was typed stays when the server refuses. */
export function TokenDialog({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }) {
  const { roles } = useMe();
  const methods = useForm<TokenForm>({
    defaultValues: EMPTY,
    mode: "onTouched",
    resolver: contractResolver(CreateToken, toInput),
  });
  const { register, handleSubmit, control, setError } = methods;
  const { errors } = useFormState({ control });
  const mutation = useMutation({
    mutationFn: (form: TokenForm) => createToken(toInput(form)),
    onSuccess: onCreated,
    onError: (error) => showFieldErrors(problemOf(error), setError),
  });
  const submit = handleSubmit((form) => mutation.mutate(form));
  const title = mutation.isSuccess ? "The new token" : "Make a token";

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      {mutation.isSuccess ? (
        <NewToken secret={mutation.data.secret} onClose={onClose} />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-3">
          <FormProblem problem={mutation.error && problemOf(mutation.error)} />
          <Field label="Name" hint="What it is for, such as CI of checkout" error={errors.name?.message}>
            {(field) => <Input autoComplete="off" {...field} {...register("name")} />}
          </Field>
          <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
            <Field label="Role" hint="It never does more than you may" error={errors.role?.message}>
              {(field) => (
                <Select
                  choices={ROLE_CHOICES.filter(({ value }) => covers(roles, value))}
                  {...field}
                  {...register("role")}
                />
              )}
            </Field>
            <Field label="Expires after">
              {(field) => <Select choices={LIFETIMES} {...field} {...register("expires")} />}
            </Field>
          </div>
          <CheckGroup legend="Scopes" error={errors.scopes?.message}>
            {SCOPES.map((scope) => (
              <Check
                key={scope}
                value={scope}
                label={scope}
                meaning={WORDS_OF_SCOPE[scope]}
                {...register("scopes")}
              />
            ))}
          </CheckGroup>
          <FormProvider {...methods}>
            <MatcherFields />
          </FormProvider>
          <FormActions submit="Make it" disabled={mutation.isPending} onCancel={onClose} />
        </form>
      )}
    </Dialog>
  );
}
