"use client";

import { useMe } from "#components/shell/me.tsx";
import { FormProblem, KnownUsername, SubmitButton, TextField } from "./form-parts.tsx";
import { useContractForm } from "./use-contract-form.ts";

const asConfirmPassword = async () => (await import("#lib/contracts/access.ts")).ConfirmPassword;

const WORDS = { password: "is needed" };

/** Asks for the password before something that whoever found an open screen must not do. */
export function ConfirmPasswordForm({
  button,
  send,
}: {
  button: string;
  send: (password: string) => Promise<void>;
}) {
  const { email } = useMe();
  const { register, submit, problem, messageOf, isSubmitting } = useContractForm({
    contract: asConfirmPassword,
    empty: { password: "" },
    words: WORDS,
    send: ({ password }) => send(password),
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-2">
      <KnownUsername email={email ?? ""} />
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        error={messageOf("password")}
        {...register("password")}
      />
      <FormProblem problem={problem} />
      <SubmitButton busy={isSubmitting}>{button}</SubmitButton>
    </form>
  );
}
