"use client";

import { useQuery } from "@tanstack/react-query";
import { nodeNames, serviceNames } from "#lib/client/names.queries.ts";
import { SEVERITIES } from "#lib/domain/incidents/severity.ts";
import { Input } from "#components/ui/input.tsx";
import { Select, type Choice } from "#components/ui/select.tsx";
import { useIncidentFilter } from "../use-incident-filter.ts";

const OPEN_CHOICES = [
  { value: "true", label: "open" },
  { value: "false", label: "past" },
];
const SEVERITY_CHOICES = SEVERITIES.map((value) => ({ value, label: value }));

const named = (names: readonly string[] = [], chosen: string | null): Choice[] =>
  [...new Set([...names, ...(chosen === null ? [] : [chosen])])].sort().map((name) => ({
    value: name,
    label: name,
  }));

/** Words, state, severity, and what it is about. */
export function IncidentFilterBar() {
  const { filter, setFilter } = useIncidentFilter();
  const services = useQuery(serviceNames());
  const nodes = useQuery(nodeNames());
  return (
    <search className="flex min-w-0 flex-1 flex-wrap gap-2 max-lg:w-full">
      <Input
        data-filter=""
        type="search"
        aria-label="Filter incidents"
        placeholder="Filter by title, id, service or node"
        className="w-full sm:w-64"
        value={filter.q}
        onChange={(event) => void setFilter({ q: event.target.value || null })}
      />
      <Narrow
        name="state"
        choices={OPEN_CHOICES}
        value={filter.open === null ? null : String(filter.open)}
        onChange={(value) => setFilter({ open: value === null ? null : value === "true" })}
      />
      <Narrow
        name="severity"
        choices={SEVERITY_CHOICES}
        value={filter.severity}
        onChange={(value) => setFilter({ severity: SEVERITIES.find((one) => one === value) ?? null })}
      />
      <Narrow
        name="service"
        choices={named(services.data, filter.service)}
        value={filter.service}
        onChange={(service) => setFilter({ service })}
      />
      <Narrow
        name="node"
        choices={named(nodes.data, filter.node)}
        value={filter.node}
        onChange={(node) => setFilter({ node })}
      />
    </search>
  );
}

interface NarrowProps {
  name: string;
  choices: readonly Choice[];
  value: string | null;
  onChange: (value: string | null) => unknown;
}

function Narrow({ name, choices, value, onChange }: NarrowProps) {
  return (
    <Select
      aria-label={`Only this ${name}`}
      className="max-sm:min-w-[45%] max-sm:flex-1 sm:max-w-36"
      choices={[{ value: "", label: `any ${name}` }, ...choices]}
      value={value ?? ""}
      onChange={(event) => void onChange(event.target.value === "" ? null : event.target.value)}
    />
  );
}
