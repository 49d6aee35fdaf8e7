"use client";

import { useState } from "react";
import { signIn } from "#lib/client/account.queries.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { AccountCard } from "./account-card.tsx";
import { CodeForm } from "./code-form.tsx";
import { FormProblem, SubmitButton, TextField } from "./form-parts.tsx";
import { leaveFor } from "./leave-for.ts";
import { OidcButton } from "./oidc-button.tsx";
import { useContractForm } from "./use-contract-form.ts";

const asSignIn = async () => (await import("#lib/contracts/access.ts")).SignIn;

interface SignInCardProps {
  /** A path of ours to go on to. */
  next: string;
  /** What the issuer's button says; null without an issuer. */
  oidcName: string | null;
  /** Why the issuer's sign-in failed, when one comes back from there. */
  notice: Problem | null;
}

const WORDS = { email: "must be an e-mail address", password: "is needed" };

/** Signs in: e-mail and password, then the authenticator's code where there is one, in the same place. */
export function SignInCard({ next, oidcName, notice }: SignInCardProps) {
  const [step, setStep] = useState<"password" | "code">("password");
  const [told, setTold] = useState(notice);
  const restart = (problem: Problem | null) => {
    setTold(problem);
    setStep("password");
  };
  if (step === "code") {
    return (
      <AccountCard title="One more step" lead="Type the code your authenticator shows, or a backup code.">
        <CodeForm onSignedIn={() => leaveFor(next)} onRestart={restart} />
      </AccountCard>
    );
  }
  return (
    <AccountCard title="Sign in" lead="Cluster health, error budgets, incidents and releases.">
      <PasswordForm
        told={told}
        onAnswer={(status) => (status === "signed_in" ? leaveFor(next) : setStep("code"))}
      />
      {oidcName !== null && <OidcButton name={oidcName} next={next} />}
    </AccountCard>
  );
}

interface PasswordFormProps {
  told: Problem | null;
  onAnswer: (status: "signed_in" | "second_factor") => void;
}

function PasswordForm({ told, onAnswer }: PasswordFormProps) {
  const { register, submit, problem, messageOf, isSubmitting } = useContractForm({
    contract: asSignIn,
    empty: { email: "", password: "" },
    words: WORDS,
    send: async ({ email, password }) => onAnswer((await signIn(email, password)).status),
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-2">
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        autoFocus
        error={messageOf("email")}
        {...register("email")}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        error={messageOf("password")}
        {...register("password")}
      />
      <FormProblem problem={problem ?? told} />
      <SubmitButton busy={isSubmitting}>Sign in</SubmitButton>
    </form>
  );
}
