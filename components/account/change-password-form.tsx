"use client";

import { changePassword } from "#lib/client/account.queries.ts";
import { MIN_PASSWORD_LENGTH } from "#lib/domain/access/password.ts";
import { FormProblem, KnownUsername, SubmitButton, TextField } from "./form-parts.tsx";
import { useContractForm } from "./use-contract-form.ts";

const asChangePassword = async () => (await import("#lib/contracts/access.ts")).ChangePassword;

const WORDS = {
  current: "is needed",
  next: `must have ${MIN_PASSWORD_LENGTH} to 128 characters`,
};

interface ChangePasswordFormProps {
  /** For password managers, which fill in what they know of this e-mail. */
  email: string;
  onChanged: () => void;
}

/** Changes the viewer's password. */
export function ChangePasswordForm({ email, onChanged }: ChangePasswordFormProps) {
  const { register, submit, problem, messageOf, isSubmitting, reset } = useContractForm({
    contract: asChangePassword,
    empty: { current: "", next: "" },
    words: WORDS,
    send: async ({ current, next }) => {
      await changePassword(current, next);
      reset();
      onChanged();
    },
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-2">
      <KnownUsername email={email} />
      <TextField
        label="Current password"
        type="password"
        autoComplete="current-password"
        error={messageOf("current")}
        {...register("current")}
      />
      <TextField
        label="New password"
        type="password"
        hint={`${MIN_PASSWORD_LENGTH} characters or more; a few words do well.`}
        autoComplete="new-password"
        error={messageOf("next")}
        {...register("next")}
      />
      <FormProblem problem={problem} />
      <SubmitButton busy={isSubmitting}>Change password</SubmitButton>
    </form>
  );
}
