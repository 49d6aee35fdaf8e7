import { CircleSlash, CloudOff, DatabaseZap, Inbox, Lock, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { QueryText } from "#lib/contracts/panels.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { Age } from "./moment.tsx";
import { statusColor, StatusIcon } from "./status.tsx";

interface StateProps {
  state: "empty" | "no-data" | "error" | "forbidden";
  icon: LucideIcon;
  title: string;
  children: ReactNode;
}

function StateBlock({ state, icon: Icon, title, children }: StateProps) {
  return (
    <div data-state={state} className="flex min-h-24 items-start gap-3 py-2">
      <Icon size={18} strokeWidth={1.5} aria-hidden="true" className="text-faint mt-0.5 flex-none" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <div className="text-dim mt-0.5 max-w-prose">{children}</div>
      </div>
    </div>
  );
}

/** Nothing is there, and that is an answer: why it is so and what to do next. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <StateBlock state="empty" icon={Inbox} title={title}>
      {children}
    </StateBlock>
  );
}

/** The source answered, but has no samples: which query was asked of which source. */
export function NoDataState({ queries }: { queries: readonly QueryText[] }) {
  const sources = [...new Set(queries.map((query) => query.source))].join(", ");
  return (
    <StateBlock state="no-data" icon={CircleSlash} title="No data in this range">
      <p>{sources === "" ? "No source was asked." : `${sources} answered without a sample.`}</p>
      {queries.map((query) => (
        <code key={query.expr} className="text-small text-faint mt-1 block font-mono break-all">
          {query.expr}
        </code>
      ))}
    </StateBlock>
  );
}

/** A refusal or a broken source, in the upstream's own words, with a way to try again. */
export function ErrorState({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const reference = problem.requestId === "" ? "" : `Request ${problem.requestId}`;
  return (
    <StateBlock
      state="error"
      icon={problem.code.startsWith("upstream_") ? DatabaseZap : CloudOff}
      title={problem.title}
    >
      <p className="break-words">{problem.detail}</p>
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        {onRetry && <Button onClick={onRetry}>Try again</Button>}
        {reference !== "" && <span className="text-small text-faint font-mono">{reference}</span>}
      </div>
    </StateBlock>
  );
}

/** The viewer may not see this; the server's words name the roles that may. */
export function ForbiddenState({ problem }: { problem: Problem }) {
  return (
    <StateBlock state="forbidden" icon={Lock} title={problem.title}>
      <p>{problem.detail}</p>
    </StateBlock>
  );
}

/** Beside data that is older than it should be: since when, and on a click why. */
export function StaleNotice({ since, reason }: { since: string; reason: string }) {
  return (
    <Notice state="stale" status="warning" reasons={[reason]}>
      stale, <Age at={since} prefix="as of " />
    </Notice>
  );
}

/** Beside data of which a part is missing: on a click, what is missing. */
export function PartialNotice({ warnings }: { warnings: readonly string[] }) {
  return (
    <Notice
      state="partial"
      status="attention"
      reasons={warnings.length > 0 ? warnings : ["A source left out a part."]}
    >
      partial
    </Notice>
  );
}

interface NoticeProps {
  state: "stale" | "partial";
  status: "warning" | "attention";
  reasons: readonly string[];
  children: ReactNode;
}

/** One line high and beside the title, so that nothing moves when it comes or goes. */
function Notice({ state, status, reasons, children }: NoticeProps) {
  const trigger = (
    <button
      type="button"
      className={`text-small rounded-chip inline-flex h-6 items-center gap-1.5 font-medium whitespace-nowrap ${statusColor(status)}`}
    >
      <StatusIcon status={status} />
      <span>{children}</span>
    </button>
  );
  return (
    <span data-state={state} className="inline-flex flex-none">
      <Popover trigger={trigger} label={`Why this is ${state}`}>
        <ul className="text-dim grid max-w-80 gap-1.5 break-words">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Popover>
    </span>
  );
}
