import type { AlertRule } from "#lib/contracts/alert-rules.ts";
import type { Lint } from "#lib/domain/alerts/rule-lint.ts";
import type { Status } from "#lib/domain/status/status.ts";
import { writeSeconds } from "#lib/domain/words/figures.ts";
import { Age } from "#components/shell/moment.tsx";
import { RunbookLinks } from "#components/shell/runbook-links.tsx";
import { StatusBadge } from "#components/shell/status.tsx";
import { Link } from "#components/ui/link.tsx";

/** What a finding is called. */
export const LINT_WORDS: Record<Lint, string> = {
  no_runbook: "no runbook",
  cause_not_symptom: "cause, not symptom",
  never_fired: "never fired",
  nobody_acts: "fires and nobody acts",
};

const STATUS: Record<AlertRule["state"], Status> = {
  firing: "critical",
  pending: "attention",
  inactive: "healthy",
  unknown: "no_data",
};

function State({ rule: { state, health, alerts } }: { rule: AlertRule }) {
  if (health === "err") return <StatusBadge status="warning">cannot be evaluated</StatusBadge>;
  if (health === "unknown") return <StatusBadge status="no_data">not yet evaluated</StatusBadge>;
  return <StatusBadge status={STATUS[state]}>{alerts > 0 ? `${alerts} ${state}` : state}</StatusBadge>;
}

/** A rule with its state, what it asks, and what may be wrong with it. */
export function RuleRow({ rule }: { rule: AlertRule }) {
  return (
    <li
      data-rule={rule.name}
      className="border-line-soft border-t py-2.5 break-words [contain-intrinsic-size:auto_90px] [content-visibility:auto] first:border-t-0"
    >
      <p className="flex flex-wrap items-baseline gap-x-2">
        {rule.own ? (
          <Link
            href={`/alerts/rules/${encodeURIComponent(rule.name)}`}
            className="rounded-chip font-medium hover:underline"
          >
            {rule.name}
          </Link>
        ) : (
          <span className="font-medium">{rule.name}</span>
        )}
        <State rule={rule} />
        <span className="text-small text-faint ml-auto">
          {rule.lastEvaluation && <Age at={rule.lastEvaluation} prefix="evaluated " />}
        </span>
      </p>
      <code className="text-small text-dim line-clamp-2 font-mono break-all" title={rule.expr}>
        {rule.expr}
      </code>
      <p className="text-small text-faint flex flex-wrap gap-x-3">
        <span>{rule.group}</span>
        {rule.forSeconds > 0 && <span>for {writeSeconds(rule.forSeconds)}</span>}
        {rule.labels.severity && <span>{rule.labels.severity}</span>}
        {rule.own && <span>written here</span>}
        <RunbookLinks alert={rule.name} runbookUrl={rule.runbookUrl} />
      </p>
      {rule.lastError !== null && <p className="text-small text-warning">{rule.lastError}</p>}
      {rule.findings.length > 0 && (
        <ul className="text-small">
          {rule.findings.map(({ lint, why }) => (
            <li key={lint} className="text-dim">
              <span className="text-warning">{LINT_WORDS[lint]}</span>: {why}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
