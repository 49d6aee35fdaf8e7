"use client";

import { ErrorState } from "#components/shell/states.tsx";
import { localProblem } from "#lib/client/fetch-json.ts";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const reference = error.digest === undefined ? "" : ` The log has it under ${error.digest}.`;
  const problem = localProblem("internal", "This page failed", `An unexpected error.${reference}`);
  return (
    <main id="main" className="px-6 py-5 max-sm:px-3.5">
      <ErrorState problem={problem} onRetry={reset} />
    </main>
  );
}
