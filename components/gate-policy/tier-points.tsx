"use client";

import { AddTier } from "./add-tier.tsx";
import { type DraftProps, without } from "./draft.ts";
import { NumberField } from "./number-field.tsx";
import { tierLabel } from "./policy-labels.ts";
import { RemoveButton } from "./remove-button.tsx";

const PATH = ["risk", "weights", "tier"] as const;

/** The points that a service's tier adds; one that is not named adds none. */
export function TierPoints({ draft, problems, disabled, onChange }: DraftProps) {
  const points = draft.risk.weights.tier;
  const named = Object.entries(points).flatMap(([tier, value]) =>
    value === undefined ? [] : [{ tier, value }],
  );
  return (
    <fieldset className="min-w-0">
      <legend className="text-dim mb-1.5">Points by tier</legend>
      <ul className="grid gap-2">
        {named.map(({ tier, value }) => (
          <li key={tier} className="grid max-w-60 grid-cols-[1fr_2.25rem] items-end gap-2">
            <NumberField
              label={tierLabel(tier)}
              value={value}
              error={problems.get([...PATH, tier].join("."))}
              disabled={disabled}
              onChange={(next) => onChange([...PATH, tier], next)}
            />
            {!disabled && (
              <RemoveButton
                what={`the points of tier ${tier}`}
                onRemove={() => onChange(PATH, without(points, tier))}
              />
            )}
          </li>
        ))}
      </ul>
      {named.length === 0 && <p className="text-faint">No tier adds to the risk.</p>}
      <div className="mt-2">
        <AddTier
          label="Add points for a tier"
          named={named.map(({ tier }) => tier)}
          disabled={disabled}
          onAdd={(tier) => onChange([...PATH, tier], 0)}
        />
      </div>
    </fieldset>
  );
}
