import type { ReactNode } from "react";
import type { SloStatus } from "#lib/domain/slo/status/axes.ts";
import type { Status } from "#lib/domain/status/status.ts";

/** Whatever can be shown: budgets know one status more than services and nodes do. */
type ShownStatus = Status | SloStatus;

const WORDS: Record<ShownStatus, string> = {
  healthy: "healthy",
  attention: "attention",
  warning: "warning",
  critical: "critical",
  exhausted: "exhausted",
  no_data: "no data",
  no_traffic: "no traffic",
};

const COLORS: Record<ShownStatus, string> = {
  healthy: "text-healthy",
  attention: "text-attention",
  warning: "text-warning",
  critical: "text-critical",
  exhausted: "text-exhausted",
  no_data: "text-no-data",
  no_traffic: "text-no-data",
};

const SHAPES: Record<ShownStatus, ReactNode> = {
  healthy: <circle cx="6" cy="6" r="4.2" fill="currentColor" />,
  attention: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  warning: <path d="M6 1.2 11.2 10.6H.8z" fill="currentColor" />,
  critical: <path d="M6 .6 11.4 6 6 11.4.6 6z" fill="currentColor" />,
  exhausted: <rect x="1.6" y="1.6" width="8.8" height="8.8" fill="currentColor" />,
  no_data: (
    <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2 1.6" />
  ),
  no_traffic: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

/** The text colour class of a status, for figures that stand beside its shape or word. */
export function statusColor(status: ShownStatus): string {
  return COLORS[status];
}

/** The shape and colour of a status. Give `label` where no word stands beside it. */
export function StatusIcon({ status, label }: { status: ShownStatus; label?: string }) {
  return (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      className={`flex-none ${COLORS[status]}`}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
    >
      {SHAPES[status]}
    </svg>
  );
}

/** Shape, word and colour of a status; `children` replaces the word. */
export function StatusBadge({ status, children }: { status: ShownStatus; children?: ReactNode }) {
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${COLORS[status]}`}>
      <StatusIcon status={status} />
      {children ?? WORDS[status]}
    </span>
  );
}
