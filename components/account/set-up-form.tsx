"use client";

import { setUp } from "#lib/client/account.queries.ts";
import { MIN_PASSWORD_LENGTH } from "#lib/domain/access/password.ts";
import { FormProblem, SubmitButton, TextField } from "./form-parts.tsx";
import { leaveFor } from "./leave-for.ts";
import { useContractForm } from "./use-contract-form.ts";

const asSetUp = async () => (await import("#lib/contracts/access.ts")).SetUp;

const WORDS = {
  code: "is the code in Burnline's log",
  name: "is needed",
  email: "must be an e-mail address",
  password: `must have ${MIN_PASSWORD_LENGTH} to 128 characters`,
};

/** Makes the first administrator. */
export function SetUpForm() {
  const { register, submit, problem, messageOf, isSubmitting } = useContractForm({
    contract: asSetUp,
    empty: { code: "", name: "", email: "", password: "" },
    words: WORDS,
    send: async (values) => {
      await setUp(values);
      leaveFor("/");
    },
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-2">
      <TextField
        label="One-time code"
        hint="Burnline wrote it to its log when it started."
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
        className="font-mono"
        error={messageOf("code")}
        {...register("code")}
      />
      <TextField label="Your name" autoComplete="name" error={messageOf("name")} {...register("name")} />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        error={messageOf("email")}
        {...register("email")}
      />
      <TextField
        label="Password"
        type="password"
        hint={`${MIN_PASSWORD_LENGTH} characters or more; a few words do well.`}
        autoComplete="new-password"
        error={messageOf("password")}
        {...register("password")}
      />
      <FormProblem problem={problem} />
      <SubmitButton busy={isSubmitting}>Make the administrator&rsquo;s account</SubmitButton>
    </form>
  );
}
