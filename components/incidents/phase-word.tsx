import { clsx } from "clsx";
import type { Phase } from "#lib/domain/incidents/lifecycle.ts";

const COLOR: Record<Phase, string> = {
  DETECT: "text-critical",
  TRIAGE: "text-warning",
  MITIGATE: "text-warning",
  RESOLVE: "text-attention",
  LEARN: "text-healthy",
};

/** The phase that an incident is in. */
export function PhaseWord({ phase, closed }: { phase: Phase; closed: boolean }) {
  return (
    <span className={clsx("text-small font-semibold tracking-wide", closed ? "text-dim" : COLOR[phase])}>
      {closed ? "CLOSED" : phase}
    </span>
  );
}
