"use client";

import { useState } from "react";
import { problemOf } from "#lib/client/fetch-json.ts";
import { signIn, startOidc } from "#lib/client/account.queries.ts";
import { SignIn } from "#lib/contracts/access.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { AccountCard } from "./account-card.tsx";
import { CodeForm } from "./code-form.tsx";
import { FormProblem, SubmitButton, TextField } from "./form-parts.tsx";
import { leaveFor } from "./leave-for.ts";
import { useContractForm } from "./use-contract-form.ts";

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
    contract: SignIn,
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

function OidcButton({ name, next }: { name: string; next: string }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    try {
      leaveFor((await startOidc(next)).url);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <div className="border-line-soft mt-5 border-t pt-5">
      <Button onClick={() => void start()} disabled={busy} className="h-9 w-full justify-center max-sm:h-11">
        Sign in with {name}
      </Button>
      <div className="mt-2">
        <FormProblem problem={problem} />
      </div>
    </div>
  );
}
