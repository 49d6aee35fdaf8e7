import { clsx } from "clsx";
import type { Decision } from "#lib/domain/gate/decision.ts";
import { statusColor, StatusIcon } from "./status.tsx";

/** The shape and colour that each decision shares with a status: what may go, what waits, what must not. */
const STATUS_OF = {
  approve: "healthy",
  review: "attention",
  defer: "warning",
  block: "exhausted",
} as const satisfies Record<Decision, string>;

/** The status whose shape and colour a decision shares. */
export function decisionStatus(decision: Decision): (typeof STATUS_OF)[Decision] {
  return STATUS_OF[decision];
}

/** The text colour class of a decision, for words that stand beside its shape. */
export function decisionColor(decision: Decision): string {
  return statusColor(STATUS_OF[decision]);
}

interface DecisionWordProps {
  /** Null where nothing was decided yet. */
  decision: Decision | null;
  className?: string;
}

/** Shape, word and colour of what the gate said. */
export function DecisionWord({ decision, className }: DecisionWordProps) {
  if (decision === null) return <span className="text-faint">not decided</span>;
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 font-medium whitespace-nowrap",
        decisionColor(decision),
        className,
      )}
    >
      <StatusIcon status={STATUS_OF[decision]} />
      {decision}
    </span>
  );
}
