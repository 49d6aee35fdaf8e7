"use client";

import { useRouter } from "next/navigation";
import type { Problem } from "#lib/contracts/problem.ts";
import { ErrorState, ForbiddenState } from "#components/shell/states.tsx";

/** A setting that the server did not give out, and why. */
export function SettingsRefusal({ problem }: { problem: Problem }) {
  const router = useRouter();
  return (
    <section
      aria-label={problem.title}
      className="rounded-panel border-line-soft bg-panel border px-4 py-3.5"
    >
      {problem.code === "forbidden" ? (
        <ForbiddenState problem={problem} />
      ) : (
        <ErrorState problem={problem} onRetry={() => router.refresh()} />
      )}
    </section>
  );
}
