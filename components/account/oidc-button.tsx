"use client";

import { useState } from "react";
import { startOidc } from "#lib/client/account.queries.ts";
import { problemOf } from "#lib/client/fetch-json.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { FormProblem } from "./form-parts.tsx";
import { leaveFor } from "./leave-for.ts";

/** Leads to the issuer and, from there, back to `next`. */
export function OidcButton({ name, next }: { name: string; next: string }) {
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
