import { clsx } from "clsx";
import type { Severity } from "#lib/domain/incidents/severity.ts";

/** From filled to hollow: the graver, the fuller. */
const LOOK: Record<Severity, string> = {
  P1: "border-critical bg-critical text-accent-ink font-semibold",
  P2: "border-critical text-critical border-2 font-semibold",
  P3: "border-line-strong text-ink",
  P4: "border-line-strong text-dim border-dashed",
};
const MEANING: Record<Severity, string> = {
  P1: "service down or data at risk: all hands, now",
  P2: "degraded or partly out: on-call, within the hour",
  P3: "minor, with a workaround: within four hours",
  P4: "cosmetic: the next business day",
};

/** What a severity asks of people. */
export function severityMeaning(severity: Severity): string {
  return MEANING[severity];
}

/** The severity of an incident, from filled (P1) to hollow (P4). */
export function SeverityChip({ severity }: { severity: Severity }) {
  return (
    <span
      title={`${severity}: ${MEANING[severity]}`}
      className={clsx(
        "rounded-chip text-small inline-flex h-5 w-7.5 flex-none items-center justify-center border",
        LOOK[severity],
      )}
    >
      {severity}
    </span>
  );
}
