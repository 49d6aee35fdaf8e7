"use client";

import { signInWithCode } from "#lib/client/account.queries.ts";
import { ProblemError } from "#lib/client/fetch-json.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { FormProblem, SubmitButton, TextField } from "./form-parts.tsx";
import { useContractForm } from "./use-contract-form.ts";

const asSecondFactorCode = async () => (await import("#lib/contracts/access.ts")).SecondFactorCode;

interface CodeFormProps {
  onSignedIn: () => void;
  /** Back to the password, with the reason when it was not the person's own wish. */
  onRestart: (problem: Problem | null) => void;
}

const WORDS = { code: "has six digits, or is a backup code" };

/** Another code is asked for beside the field; every other refusal of the second step leads back to the first. */
function leadsBack({ problem }: ProblemError): boolean {
  return problem.code === "unauthenticated" && (problem.errors ?? []).length === 0;
}

/** The second step of signing in. */
export function CodeForm({ onSignedIn, onRestart }: CodeFormProps) {
  const { register, submit, problem, messageOf, isSubmitting } = useContractForm({
    contract: asSecondFactorCode,
    empty: { code: "" },
    words: WORDS,
    send: async ({ code }) => {
      try {
        await signInWithCode(code);
      } catch (error) {
        if (error instanceof ProblemError && leadsBack(error)) return onRestart(error.problem);
        throw error;
      }
      onSignedIn();
    },
  });
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="grid gap-2">
      <TextField
        label="Code"
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
        error={messageOf("code")}
        {...register("code")}
      />
      <FormProblem problem={problem} />
      <SubmitButton busy={isSubmitting}>Sign in</SubmitButton>
      <Button
        variant="ghost"
        onClick={() => onRestart(null)}
        className="h-9 w-full justify-center max-sm:h-11"
      >
        Back to the password
      </Button>
    </form>
  );
}
