"use client";

import type { SloEntry } from "#lib/contracts/slos.ts";
import { TIERS } from "#lib/domain/catalogue/vocabulary.ts";
import { SLO_STATUSES } from "#lib/domain/slo/status/axes.ts";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { SLO_SORTS, type SloSort } from "./slo-order.ts";
import { useSloFilter } from "./use-slo-filter.ts";

const asChoice = <T extends string>(value: T) => ({ value, label: value.replace("_", " ") });
const STATUS_CHOICES = SLO_STATUSES.map(asChoice);
const TIER_CHOICES = TIERS.map(asChoice);
const SORT_WORDS: Record<SloSort, string> = { worst: "worst first", name: "by name", budget: "least budget" };
const SORT_CHOICES = SLO_SORTS.map((value) => ({ value, label: SORT_WORDS[value] }));

type Subject = "service" | "node" | "owner";

/** The values of a field among the SLOs, the chosen one with them. */
function choicesOf(slos: readonly SloEntry[], field: Subject, chosen: string | null) {
  const names = new Set(slos.flatMap((slo) => slo[field] ?? []));
  if (chosen !== null) names.add(chosen);
  return [...names].sort().map((value) => ({ value, label: value }));
}

/** Words, status, tier and whose; what nobody has is not offered. */
export function SloListFilter({ slos }: { slos: readonly SloEntry[] }) {
  const { filter, sort, setParams } = useSloFilter();
  const subject = (field: Subject) => {
    const choices = choicesOf(slos, field, filter[field]);
    if (choices.length === 0) return null;
    return (
      <Narrow
        key={field}
        name={field}
        choices={choices}
        value={filter[field]}
        onChange={(value) => setParams({ [field]: value })}
      />
    );
  };
  return (
    <search className="flex min-w-0 flex-1 flex-wrap gap-2 max-lg:w-full">
      <Input
        data-filter=""
        type="search"
        aria-label="Filter SLOs"
        placeholder="Filter by service, name or owner"
        className="w-full sm:w-56"
        value={filter.q}
        onChange={(event) => void setParams({ q: event.target.value || null })}
      />
      <Narrow
        name="status"
        choices={STATUS_CHOICES}
        value={filter.status}
        onChange={(status) => setParams({ status })}
      />
      <Narrow
        name="tier"
        choices={TIER_CHOICES}
        value={filter.tier}
        onChange={(tier) => setParams({ tier })}
      />
      {(["service", "node", "owner"] as const).map(subject)}
      <Select
        aria-label="Order"
        className="max-sm:min-w-[30%] max-sm:flex-1 sm:max-w-36"
        choices={SORT_CHOICES}
        value={sort}
        onChange={(event) =>
          void setParams({ sort: SLO_SORTS.find((one) => one === event.target.value) ?? null })
        }
      />
    </search>
  );
}

interface NarrowProps<T extends string> {
  name: string;
  choices: readonly { value: T; label: string }[];
  value: T | null;
  onChange: (value: T | null) => unknown;
}

function Narrow<T extends string>({ name, choices, value, onChange }: NarrowProps<T>) {
  return (
    <Select
      aria-label={`Only this ${name}`}
      className="max-sm:min-w-[30%] max-sm:flex-1 sm:max-w-36"
      choices={[{ value: "", label: `any ${name}` }, ...choices]}
      value={value ?? ""}
      onChange={(event) =>
        void onChange(choices.find((choice) => choice.value === event.target.value)?.value ?? null)
      }
    />
  );
}
