import type { OwnRule } from "#lib/contracts/alert-rules.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import { ProblemNotice } from "#components/shell/problem-notice.tsx";
import { ruleChanges } from "./rule-form.ts";

interface RuleRefusalProps {
  /** Why the server refused; `before` is the rule that the edit began from when somebody changed it meanwhile. */
  refusal: { problem: Problem; before: OwnRule | null } | null;
  now: OwnRule | null;
}

/** Why a rule was not saved; of a conflict what the other one changed, field by field. */
export function RuleRefusal({ refusal, now }: RuleRefusalProps) {
  if (!refusal) return null;
  const { problem, before } = refusal;
  if (before === null || now === null) return <ProblemNotice problem={problem} />;
  return (
    <div role="alert" className="rounded-control border-warning border px-3 py-2">
      <p className="font-medium">
        <bdi>{now.by.name ?? "Somebody"}</bdi> saved version {now.version} meanwhile
      </p>
      <dl className="mt-1 grid gap-1.5">
        {ruleChanges(before, now).map(({ label, was, is }) => (
          <div key={label} className="min-w-0">
            <dt className="text-small text-dim">{label}</dt>
            <dd className="font-mono break-words">
              <del className="text-dim block">− {was || "nothing"}</del>
              <ins className="block no-underline">+ {is || "nothing"}</ins>
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-dim mt-1">
        What you typed is kept, what you left alone is now as they have it. Saving again makes it the next
        version.
      </p>
    </div>
  );
}
