"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { measuredView } from "#lib/client/measured-view.ts";
import { rulesQuery } from "#lib/client/rules.queries.ts";
import type { AlertRule } from "#lib/contracts/alert-rules.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import { LINTS, type Lint } from "#lib/domain/alerts/rule-lint.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Link } from "#components/ui/link.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Select } from "#components/ui/select.tsx";
import { RuleGroupRow, RuleRows } from "./rule-group.tsx";
import { ruleGroups } from "./rule-groups.ts";
import { LINT_WORDS } from "./rule-row.tsx";

const FILTER = { q: parseAsString.withDefault(""), lint: parseAsStringLiteral(LINTS) };
const LINT_CHOICES = [
  { value: "", label: "all rules" },
  ...LINTS.map((value) => ({ value, label: LINT_WORDS[value] })),
];

function fits(rule: AlertRule, q: string, lint: Lint | null): boolean {
  const text = `${rule.name} ${rule.group} ${rule.expr}`.toLowerCase();
  return text.includes(q.toLowerCase()) && (lint === null || rule.findings.some((one) => one.lint === lint));
}

function inWords(rules: readonly AlertRule[]): string {
  const flawed = rules.filter(({ findings }) => findings.length > 0).length;
  const broken = rules.filter(({ health }) => health === "err").length;
  const words = [
    countOf(rules.length, "alert rule"),
    ...(broken > 0 ? [`${broken} cannot be evaluated`] : []),
    `${flawed} with findings`,
  ];
  return words.join(", ");
}

/** The alert rules of all sources; the filter lives in the address. */
export function RuleList({ initial }: { initial?: Measured<{ rules: AlertRule[] }> | undefined }) {
  const [{ q, lint }, setFilter] = useQueryStates(FILTER);
  const answer = useQuery({ ...rulesQuery(), initialData: initial });
  // Drawing what matches may wait for whoever types.
  const deferredQ = useDeferredValue(q);
  return (
    <>
      <search className="flex flex-wrap gap-2">
        <Input
          data-filter=""
          type="search"
          aria-label="Filter rules"
          placeholder="Filter by name, group or query"
          className="w-full sm:w-64"
          value={q}
          onChange={(event) => void setFilter({ q: event.target.value || null })}
        />
        <Select
          aria-label="Findings"
          choices={LINT_CHOICES}
          value={lint ?? ""}
          onChange={(event) =>
            void setFilter({ lint: LINTS.find((one) => one === event.target.value) ?? null })
          }
        />
        <span className="flex gap-2 sm:ml-auto">
          <ButtonLink href="/alerts/rules/new">New rule</ButtonLink>
          <a
            href="/api/v1/rules/generated/prometheusrule.yml"
            className="rounded-control border-line text-dim hover:text-ink inline-flex h-7.5 items-center border px-2.5"
          >
            PrometheusRule
          </a>
        </span>
      </search>
      <PanelFrame
        anchor="rules"
        title={answer.data ? inWords(answer.data.data.rules) : "Alert rules"}
        view={measuredView(answer)}
        skeleton={<ListSkeleton rows={8} rowHeight="h-14" />}
      >
        {({ rules }) => (
          <Rows
            rules={rules.filter((rule) => fits(rule, deferredQ, lint))}
            narrowed={deferredQ !== "" || lint !== null}
            onClear={() => void setFilter({ q: null, lint: null })}
          />
        )}
      </PanelFrame>
    </>
  );
}

interface RowsProps {
  rules: readonly AlertRule[];
  /** A filter is set: what matches stands in one list, without groups to open. */
  narrowed: boolean;
  onClear: () => void;
}

function ButtonLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      className="rounded-control border-accent bg-accent text-accent-ink inline-flex h-7.5 items-center border px-2.5 font-medium"
    >
      {children}
    </Link>
  );
}

function Rows({ rules, narrowed, onClear }: RowsProps) {
  if (rules.length === 0) {
    return (
      <EmptyState title={narrowed ? "No rule matches" : "There is no alert rule"}>
        {narrowed && (
          <Button onClick={onClear} className="mt-2">
            Clear the filter
          </Button>
        )}
      </EmptyState>
    );
  }
  if (narrowed) return <RuleRows rules={rules} label="Alert rules" />;
  return (
    <ul aria-label="Groups of alert rules">
      {ruleGroups(rules).map((group) => (
        <RuleGroupRow key={group.key} group={group} />
      ))}
    </ul>
  );
}
