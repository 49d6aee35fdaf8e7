import type { CheckedCondition } from "#lib/contracts/runbook-actions.ts";
import { StatusBadge } from "#components/shell/status.tsx";
import { CONDITION_WORDS, valuesText } from "./action-words.ts";

function Condition({ condition }: { condition: CheckedCondition }) {
  const { says, state, why, values, query, op, value } = condition;
  const { status, word } = CONDITION_WORDS[state];
  const details = [why, values.length > 0 && state === "holds" ? `now ${valuesText(values)}` : null];
  return (
    <li className="grid items-start gap-x-3 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
      <StatusBadge status={status}>{word}</StatusBadge>
      <div className="min-w-0">
        <p className="break-words">
          {says}
          {details.some(Boolean) && (
            <span className="text-dim"> · {details.filter(Boolean).join(" · ")}</span>
          )}
        </p>
        <code className="text-small text-faint block font-mono break-words">
          {query} {op} {value}
        </code>
      </div>
    </li>
  );
}

/** What must hold for an action to run, and what each shows: shape, word and why. */
export function ConditionList({ conditions }: { conditions: readonly CheckedCondition[] }) {
  if (conditions.length === 0) return <p className="text-dim">No condition has to hold.</p>;
  return (
    <ul aria-label="Conditions" className="grid gap-2">
      {conditions.map((condition) => (
        <Condition key={`${condition.query} ${condition.op} ${condition.value}`} condition={condition} />
      ))}
    </ul>
  );
}
