import type { ComponentProps } from "react";
import type { ActionRun, CheckedCondition } from "#lib/contracts/runbook-actions.ts";
import type { StatusBadge } from "#components/shell/status.tsx";

type Shown = ComponentProps<typeof StatusBadge>["status"];
interface Words {
  status: Shown;
  word: string;
}

/** Shape and word of a condition. */
export const CONDITION_WORDS: Readonly<Record<CheckedCondition["state"], Words>> = {
  holds: { status: "healthy", word: "holds" },
  fails: { status: "critical", word: "does not hold" },
  no_data: { status: "no_data", word: "no data" },
};

/** Shape and word of where a run stands. */
export const RUN_WORDS: Readonly<Record<ActionRun["state"], Words>> = {
  asked: { status: "attention", word: "asked for" },
  awaiting_approval: { status: "attention", word: "waits for approval" },
  approved: { status: "attention", word: "let go" },
  calling: { status: "attention", word: "calling" },
  succeeded: { status: "healthy", word: "succeeded" },
  failed: { status: "critical", word: "failed" },
  unknown: { status: "warning", word: "unknown" },
  refused: { status: "no_traffic", word: "refused" },
  expired: { status: "no_traffic", word: "expired" },
};

const NOTABLE = 6;

/** The values of a condition as figures; a gap says so. */
export function valuesText(values: readonly (number | null)[]): string {
  return values
    .map((value) => (value === null ? "no number" : String(Number(value.toPrecision(NOTABLE)))))
    .join(", ");
}

/** What an action is run for, in a few words; empty for nothing in particular. */
export function targetText({ service, node }: { service: string | null; node: string | null }): string {
  return service ?? node ?? "";
}

/** Who has to agree before it runs. */
export function approvalText(role: string | null): string {
  return role === null ? "runs at once" : `a second person (${role.replaceAll("_", " ")}) has to agree`;
}
