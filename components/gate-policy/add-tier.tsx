"use client";

import type { Tier } from "#lib/contracts/cluster.ts";
import { TIERS } from "#lib/domain/catalogue/vocabulary.ts";
import { Select } from "#components/ui/select.tsx";
import { plainWords } from "./policy-labels.ts";

interface AddTierProps {
  label: string;
  named: readonly string[];
  disabled: boolean;
  onAdd: (tier: Tier) => void;
}

/** Names one more tier; nothing where all are named. */
export function AddTier({ label, named, disabled, onAdd }: AddTierProps) {
  const left = TIERS.filter((tier) => !named.includes(tier));
  if (left.length === 0 || disabled) return null;
  return (
    <Select
      aria-label={label}
      className="max-sm:w-full"
      choices={[
        { value: "", label: `${label}…` },
        ...left.map((tier) => ({ value: tier, label: plainWords(tier) })),
      ]}
      value=""
      onChange={({ target }) => {
        const tier = left.find((one) => one === target.value);
        if (tier) onAdd(tier);
      }}
    />
  );
}
