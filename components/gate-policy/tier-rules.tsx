"use client";

import { RISKS } from "#lib/domain/gate/risk.ts";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { AddTier } from "./add-tier.tsx";
import { type DraftProps, without } from "./draft.ts";
import { NumberField } from "./number-field.tsx";
import { LEASE_LABEL, LEAST_RISK_LABEL, OTHER_TIERS_LABEL, tierLabel } from "./policy-labels.ts";
import { RemoveButton } from "./remove-button.tsx";

const LEAST = RISKS.map((risk) => ({ value: risk, label: `at least ${risk}` }));

/** What the services of a tier are held to; a tier that is not named is held to what every other service is. */
export function TierRules(props: DraftProps) {
  const { draft, disabled, onChange } = props;
  const named = Object.entries(draft.tiers).flatMap(([tier, rules]) => (rules ? [{ tier, rules }] : []));
  return (
    <div className="border-line-soft mt-3 grid gap-2 border-t pt-2.5">
      {named.map(({ tier, rules }) => (
        <Rules
          key={tier}
          {...props}
          label={tierLabel(tier)}
          rules={rules}
          path={["tiers", tier]}
          onRemove={() => onChange(["tiers"], without(draft.tiers, tier))}
        />
      ))}
      <Rules {...props} label={OTHER_TIERS_LABEL} rules={draft.otherTiers} path={["otherTiers"]} />
      <div>
        <AddTier
          label="Add rules for a tier"
          named={named.map(({ tier }) => tier)}
          disabled={disabled}
          onAdd={(tier) => onChange(["tiers", tier], draft.otherTiers)}
        />
      </div>
    </div>
  );
}

interface RulesProps extends DraftProps {
  label: string;
  rules: DraftProps["draft"]["otherTiers"];
  path: readonly string[];
  onRemove?: () => void;
}

function Rules({ label, rules, path, problems, disabled, onChange, onRemove }: RulesProps) {
  const errorOf = (member: string) => problems.get([...path, member].join("."));
  return (
    <fieldset className="grid max-w-120 grid-cols-[1fr_1fr_2.25rem] items-end gap-3">
      <legend className="text-dim mb-1">{label}</legend>
      <NumberField
        label={LEASE_LABEL}
        value={rules.leaseMinutes}
        error={errorOf("leaseMinutes")}
        disabled={disabled}
        onChange={(value) => onChange([...path, "leaseMinutes"], value)}
      />
      <Field label={LEAST_RISK_LABEL} error={errorOf("leastRisk")}>
        {(field) => (
          <Select
            {...field}
            choices={LEAST}
            disabled={disabled}
            value={rules.leastRisk}
            onChange={({ target }) => onChange([...path, "leastRisk"], target.value)}
          />
        )}
      </Field>
      {onRemove && !disabled && <RemoveButton what={`the rules of ${label}`} onRemove={onRemove} />}
    </fieldset>
  );
}
