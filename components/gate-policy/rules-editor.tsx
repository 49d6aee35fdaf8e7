"use client";

import type { Severity } from "#lib/contracts/incident-events.ts";
import { LANES } from "#lib/domain/gate/policy.ts";
import { RISKS } from "#lib/domain/gate/risk.ts";
import { Card } from "#components/shell/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { DecisionSelect } from "./decision-select.tsx";
import type { DraftProps } from "./draft.ts";
import { NumberField } from "./number-field.tsx";

const FLOORS = [
  ["openIncident", "An open incident"],
  ["firingPage", "A firing page"],
  ["criticalErrors", "A critical errors signal"],
] as const;
const SEVERITIES: readonly Severity[] = ["P1", "P2", "P3", "P4"];
const FIGURES = [
  ["deferHours", "Hours that a release is deferred"],
  ["canaryCostRatio", "Share of the budget for a canary"],
  ["canaryMinutes", "Minutes that a canary runs"],
] as const;
const LEAST = RISKS.map((risk) => ({ value: risk, label: `at least ${risk}` }));

type EditorProps = DraftProps & { disabled: boolean };

/** What trouble asks for at least, the lanes that are open, and what tiers are held to. */
export function RulesEditor(props: EditorProps) {
  const { draft, problems, onChange, disabled } = props;
  return (
    <Card title="Trouble, lanes and tiers">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] items-end gap-3">
        {FLOORS.map(([key, label]) => (
          <Field key={key} label={label} error={problems.get(`floors.${key}`)}>
            {() => (
              <DecisionSelect
                label={label}
                value={draft.floors[key]}
                error={problems.get(`floors.${key}`)}
                disabled={disabled}
                onChange={(value) => onChange(["floors", key], value)}
              />
            )}
          </Field>
        ))}
        {FIGURES.map(([key, label]) => (
          <NumberField
            key={key}
            label={label}
            value={draft[key]}
            error={problems.get(key)}
            disabled={disabled}
            onChange={(value) => onChange([key], value)}
          />
        ))}
      </div>
      <div className="mt-3 grid gap-3 sm:grid-cols-2">
        <Checks
          label="Incidents that count"
          all={SEVERITIES}
          chosen={draft.incidentSeverities}
          disabled={disabled}
          onChange={(chosen) => onChange(["incidentSeverities"], chosen)}
        />
        <Checks
          label="Lanes that are open"
          all={LANES}
          chosen={draft.lanes}
          disabled={disabled}
          onChange={(chosen) => onChange(["lanes"], chosen)}
        />
      </div>
      <Tiers {...props} />
    </Card>
  );
}

function Tiers({ draft, problems, onChange, disabled }: EditorProps) {
  const named = Object.entries(draft.tiers).flatMap(([tier, rules]) =>
    rules ? [{ label: `Tier ${tier.replace("_", " ")}`, rules, path: ["tiers", tier] }] : [],
  );
  const rows = [...named, { label: "Every other service", rules: draft.otherTiers, path: ["otherTiers"] }];
  return (
    <div className="border-line-soft mt-3 grid gap-2 border-t pt-2.5">
      {rows.map(({ label, rules, path }) => (
        <fieldset key={label} className="grid max-w-120 grid-cols-2 items-end gap-3">
          <legend className="text-dim mb-1">{label}</legend>
          <NumberField
            label="Minutes that an approval lasts"
            value={rules.leaseMinutes}
            error={problems.get([...path, "leaseMinutes"].join("."))}
            disabled={disabled}
            onChange={(value) => onChange([...path, "leaseMinutes"], value)}
          />
          <Field label="Risk">
            {(field) => (
              <Select
                {...field}
                choices={LEAST}
                disabled={disabled}
                value={rules.leastRisk}
                onChange={(event) => onChange([...path, "leastRisk"], event.target.value)}
              />
            )}
          </Field>
        </fieldset>
      ))}
    </div>
  );
}

interface ChecksProps {
  label: string;
  all: readonly string[];
  chosen: readonly string[];
  disabled: boolean;
  onChange: (chosen: string[]) => void;
}

function Checks({ label, all, chosen, disabled, onChange }: ChecksProps) {
  return (
    <fieldset>
      <legend className="text-small text-dim mb-1">{label}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {all.map((name) => (
          <label key={name} className="inline-flex min-h-7.5 items-center gap-1.5 max-sm:min-h-10">
            <input
              type="checkbox"
              className="accent-accent size-3.5"
              disabled={disabled}
              checked={chosen.includes(name)}
              onChange={({ target }) =>
                onChange(all.filter((one) => (one === name ? target.checked : chosen.includes(one))))
              }
            />
            {name.replace("_", " ")}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
