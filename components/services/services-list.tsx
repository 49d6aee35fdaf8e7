"use client";

import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { ServiceHealth } from "#lib/contracts/cluster.ts";
import { TIERS } from "#lib/domain/catalogue/vocabulary.ts";
import { STATUSES } from "#lib/domain/status/status.ts";
import { usePanel } from "#components/shell/page-panels.tsx";
import { PanelFrame } from "#components/shell/panel-frame.tsx";
import { EmptyState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Select, type Choice } from "#components/ui/select.tsx";
import { filterServices } from "./service-order.ts";
import { servicesInWords, TIER_CHOICES } from "./service-words.ts";
import { ServicesTable } from "./services-table.tsx";

const FILTER = {
  q: parseAsString.withDefault(""),
  tier: parseAsStringLiteral(TIERS),
  status: parseAsStringLiteral(STATUSES),
  node: parseAsString,
};
const STATUS_CHOICES = STATUSES.map((value) => ({ value, label: value.replace("_", " ") }));

/** All services with a filter that lives in the address. */
export function ServicesList() {
  const view = usePanel("cluster.services");
  const [filter, setFilter] = useQueryStates(FILTER);
  const services = view.state === "ready" ? view.data : [];
  const shown = filterServices(services, filter);
  const clear = () => void setFilter({ q: null, tier: null, status: null, node: null });
  return (
    <>
      <search className="flex flex-wrap gap-2">
        <Input
          data-filter=""
          type="search"
          aria-label="Filter services"
          placeholder="Filter by name, team, namespace or node"
          className="w-full sm:w-80"
          value={filter.q}
          onChange={(event) => void setFilter({ q: event.target.value || null })}
        />
        <Narrow
          name="tier"
          choices={TIER_CHOICES}
          value={filter.tier}
          onChange={(tier) => setFilter({ tier })}
        />
        <Narrow
          name="status"
          choices={STATUS_CHOICES}
          value={filter.status}
          onChange={(status) => setFilter({ status })}
        />
        <Narrow
          name="node"
          choices={nodeChoices(services, filter.node)}
          value={filter.node}
          onChange={(node) => setFilter({ node })}
        />
      </search>
      <PanelFrame
        anchor="services"
        title={servicesInWords(shown)}
        aside={shown.length === services.length ? "worst first" : `of ${services.length}`}
        view={view}
        skeleton={<ListSkeleton rows={9} rowHeight="h-9" />}
      >
        {() =>
          shown.length > 0 ? (
            <ServicesTable services={shown} wide />
          ) : (
            <NoneShown all={services} onClear={clear} />
          )
        }
      </PanelFrame>
    </>
  );
}

function nodeChoices(services: readonly ServiceHealth[], chosen: string | null): Choice[] {
  const names = new Set(services.flatMap(({ nodes }) => nodes));
  if (chosen !== null) names.add(chosen);
  return [...names].sort().map((name) => ({ value: name, label: name }));
}

interface NarrowProps<T extends string> {
  name: string;
  choices: readonly { value: T; label: string }[];
  value: T | null;
  onChange: (value: T | null) => void;
}

function Narrow<T extends string>({ name, choices, value, onChange }: NarrowProps<T>) {
  return (
    <Select
      aria-label={`Only this ${name}`}
      className="max-sm:min-w-0 max-sm:flex-1"
      choices={[{ value: "", label: `any ${name}` }, ...choices]}
      value={value ?? ""}
      onChange={(event) =>
        onChange(choices.find((choice) => choice.value === event.target.value)?.value ?? null)
      }
    />
  );
}

function NoneShown({ all, onClear }: { all: readonly ServiceHealth[]; onClear: () => void }) {
  if (all.length === 0) {
    return (
      <EmptyState title="No service has been found">
        Burnline finds services by the label of their request counters. Check that Prometheus scrapes them.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No service matches the filter">
      <p>{all.length} are known.</p>
      <Button onClick={onClear} className="mt-2">
        Clear the filter
      </Button>
    </EmptyState>
  );
}
