"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, useQueryState } from "nuqs";
import { useId } from "react";
import { slosQuery, type SloList } from "#lib/client/slos.queries.ts";
import { countOf } from "#lib/domain/words/language.ts";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Input } from "#components/ui/input.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { measuredView } from "#lib/client/measured-view.ts";
import { NewSloLinks } from "../new-slo-links.tsx";
import { byService, type ServiceBudgets } from "./by-service.ts";
import { ServiceBudgetCard } from "./service-budget-card.tsx";

const MOST_PEOPLE = 200;
const TEAM = parseAsInteger.withDefault(5);

/** For product owners: which services may change, how long their budgets last, and who spent them. */
export function BudgetOverview({ initial }: { initial?: SloList }) {
  const answer = useQuery({ ...slosQuery(), initialData: initial });
  const view = measuredView(answer);
  const [team, setTeam] = useQueryState("team", TEAM);
  const people = Math.min(MOST_PEOPLE, Math.max(1, team));
  return (
    <PanelFrame
      anchor="budgets"
      title={view.state === "ready" ? inWords(byService(view.data.slos)) : "Can we ship?"}
      aside="the budgets' advice; worst first"
      view={view}
      skeleton={<Skeleton className="h-80" />}
      empty={{ when: ({ slos }) => byService(slos).length === 0, state: <NoBudgets /> }}
    >
      {({ slos }) => (
        <>
          <TeamSize value={people} onChange={(size) => void setTeam(size)} />
          <ul className="divide-line-soft divide-y">
            {byService(slos).map((one) => (
              <li key={one.service} className="py-4 first:pt-1 last:pb-0">
                <ServiceBudgetCard of={one} teamSize={people} />
              </li>
            ))}
          </ul>
        </>
      )}
    </PanelFrame>
  );
}

function inWords(services: readonly ServiceBudgets[]): string {
  if (services.length === 0) return "Can we ship?";
  const free = services.filter(({ status }) => status === "healthy").length;
  return `${free} of ${countOf(services.length, "service")} with budget to ship`;
}

function TeamSize({ value, onChange }: { value: number; onChange: (size: number) => void }) {
  const id = useId();
  return (
    <div className="text-dim mb-2 flex items-center gap-2">
      <label htmlFor={id}>People in a team</label>
      <Input
        id={id}
        type="number"
        min={1}
        max={MOST_PEOPLE}
        className="w-20"
        value={value}
        onChange={({ target }) => onChange(Number.isFinite(target.valueAsNumber) ? target.valueAsNumber : 1)}
      />
      <span className="text-small text-faint max-sm:hidden">for the hours of the balance below</span>
    </div>
  );
}

function NoBudgets() {
  return (
    <EmptyState title="No service has an SLO yet">
      <p>A budget is what an SLO leaves to spend. Propose some from what the services measure.</p>
      <div className="mt-2">
        <NewSloLinks />
      </div>
    </EmptyState>
  );
}
