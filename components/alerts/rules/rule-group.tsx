"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { AlertRule } from "#lib/contracts/alert-rules.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { StatusBadge } from "#components/shell/status.tsx";
import { Button } from "#components/ui/button.tsx";
import type { RuleGroup } from "./rule-groups.ts";
import { RuleRow } from "./rule-row.tsx";

/** So many rows are drawn at once. */
const PAGE = 50;

/** Rules in rows, a page at a time. */
export function RuleRows({ rules, label }: { rules: readonly AlertRule[]; label: string }) {
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      <ul aria-label={label}>
        {rules.slice(0, shown).map((rule, index) => (
          // Equal names and expressions in one group are allowed.
          <RuleRow key={`${rule.source}/${rule.group}/${rule.name}/${index}`} rule={rule} />
        ))}
      </ul>
      {rules.length > shown && (
        <p className="border-line-soft flex flex-wrap items-center gap-3 border-t py-2">
          <span className="text-dim">
            The first {shown} of {rules.length} are shown.
          </span>
          <Button onClick={() => setShown(shown + PAGE)}>
            Show {Math.min(PAGE, rules.length - shown)} more
          </Button>
        </p>
      )}
    </>
  );
}

/** A group of rules; closed unless something in it is for somebody to look at. */
export function RuleGroupRow({ group }: { group: RuleGroup }) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const listId = useId();
  const open = chosen ?? group.calls;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li className="border-line-soft border-t first:border-t-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setChosen(!open)}
        className="rounded-control hover:bg-raised flex min-h-10 w-full flex-wrap items-center gap-x-3 gap-y-0.5 py-1.5 text-left"
      >
        <Chevron size={15} aria-hidden="true" className="text-faint flex-none" />
        <span className="min-w-0 font-medium break-words">
          <bdi>{group.name}</bdi>
        </span>
        <GroupState group={group} />
        <span className="text-small text-faint ml-auto">
          {countOf(group.rules.length, "rule")}
          {group.findings > 0 && `, ${group.findings} with findings`}
        </span>
      </button>
      <div id={listId} className="pl-6">
        {open && <RuleRows rules={group.rules} label={`Rules of ${group.name}`} />}
      </div>
    </li>
  );
}

function GroupState({ group: { broken, firing, pending } }: { group: RuleGroup }) {
  if (broken > 0) return <StatusBadge status="warning">{`${broken} cannot be evaluated`}</StatusBadge>;
  if (firing > 0) return <StatusBadge status="critical">{`${firing} firing`}</StatusBadge>;
  if (pending > 0) return <StatusBadge status="attention">{`${pending} pending`}</StatusBadge>;
  return <StatusBadge status="healthy">none fires</StatusBadge>;
}
